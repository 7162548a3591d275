/** Loaded by every page. All of it improves pages that already work without script. */
import './site.css'
import { startCheck } from './site/check'
import { startCitations } from './site/citation'
import { startCopy } from './site/copy'
import { startDays } from './site/days'
import { startJobs } from './site/jobs'
import { startLive } from './site/live'
import { startTheme } from './site/theme'

/** On wide screens the folded menu is open, also in browsers that cannot style a closed one's content. */
function unfoldMenu(): void {
  const wide = matchMedia('(min-width: 46.01rem)')
  const set = (): void => {
    for (const menu of document.querySelectorAll<HTMLDetailsElement>('.masthead__nav details')) menu.open = wide.matches
  }
  set()
  wide.addEventListener('change', set)
}

startTheme()
unfoldMenu()
startCheck()
startLive()
startCitations()
startCopy()
startDays()
startJobs()
