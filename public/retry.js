// Belongs to the page that says the café's server cannot answer: asks again by itself, and shows the page once
// there is one. The waits grow and differ, so that a full room of phones does not knock at the same moment.
let waitMs = 3000

function again() {
  setTimeout(
    async () => {
      try {
        const { status } = await fetch(location.href, { cache: 'no-store' })
        if (status !== 503) return location.reload()
      } catch {
        // No answer at all: the same as not yet.
      }
      waitMs = Math.min(30_000, waitMs * 1.5)
      again()
    },
    waitMs * (0.5 + Math.random()),
  )
}
again()
