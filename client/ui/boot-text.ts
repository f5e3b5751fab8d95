/** What the server put into the page for the first paint, read before the app takes the page over; null offline. */
export const bootText: string | null = document.getElementById('boot')?.textContent ?? null
