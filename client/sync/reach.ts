/** Fires "reached" whenever the server has answered a command: who waits before the next try need not wait longer. */
export const reach = new EventTarget()
