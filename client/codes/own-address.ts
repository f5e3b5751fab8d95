/** Without PUBLIC_URL a code carries the address of this page, and on another device this one means that device itself. */
export const isOwnAddress = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname)
