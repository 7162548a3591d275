() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
  .filter((e) => (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1)
    && !e.closest('.tablewrap, .visually-hidden, .skip-link'))
  .slice(0, 3).map((e) => e.outerHTML.slice(0, 90)).concat(`page of ${document.documentElement.scrollWidth} pixels`)
