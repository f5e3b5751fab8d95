/** Where a server that was started without a word about its address takes what providers tell. */
export const DEFAULT_WEBHOOK_BASE = 'http://127.0.0.1:8080/api/hooks'
