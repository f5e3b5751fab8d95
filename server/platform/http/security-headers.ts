import type { Context as HonoContext, MiddlewareHandler } from 'hono'

const CSP = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types vue meja-worker meja-reader',
].join('; ')

const HSTS = 'max-age=31536000; includeSubDomains'

/** Headers that every answer of `/api/` carries, in the letters in which they are sent. */
export function apiHeaders(isSecure: boolean): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'no-store',
    'content-security-policy': CSP,
    'referrer-policy': 'no-referrer',
    ...(isSecure && { 'strict-transport-security': HSTS }),
  }
}

/** Set before the answer is made: changing one that is made costs more than a command's checks. */
export function setHeaders(c: HonoContext, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
}

/** Headers that every answer carries. `isSecure`: reached over https, so browsers may insist on it. */
export function securityHeaders(isSecure: boolean): MiddlewareHandler {
  const ofApi = apiHeaders(isSecure)
  return async (c, next) => {
    if (c.req.path.startsWith('/api/')) {
      setHeaders(c, ofApi)
      return next()
    }
    await next()
    const { headers } = c.res
    // Scripts, styles and fonts rule nobody; forty copies of a page's rules would weigh more than the menu.
    const isAsset =
      /(?:javascript|css|font)/.test(headers.get('content-type') ?? '') && !c.req.path.endsWith('sw.js')
    if (isAsset) {
      headers.set('x-content-type-options', 'nosniff')
      headers.set('cross-origin-resource-policy', 'same-origin')
      return
    }
    if (!headers.has('content-security-policy')) headers.set('content-security-policy', CSP)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('cross-origin-resource-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(self), geolocation=(), microphone=(), payment=()')
    if (isSecure) headers.set('strict-transport-security', HSTS)
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}

/**
 * Refuses writes from other sites. SameSite cookies alone let a sibling domain through, and an
 * `Origin` check alone misses browsers that leave it out, so whichever the browser sends must agree.
 */
export function isCrossSite(request: Request, publicUrl: string | null): boolean {
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  const origin = request.headers.get('origin')
  if (origin === null) return false
  if (publicUrl !== null && origin === publicUrl) return false
  return !URL.canParse(origin) || new URL(origin).host !== request.headers.get('host')
}
