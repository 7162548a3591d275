import { expect, test } from 'vitest'
import { questionOf } from '../src/site/check'

test('short answers are asked, long texts and what is no answer are not', () => {
  const answers = new FormData()
  answers.append('q-members', '14')
  answers.append('q-project', 'x'.repeat(201))
  answers.append('seen', '3')
  expect(questionOf(answers).toString()).toBe('q-members=14')
})
