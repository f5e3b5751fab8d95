/** The way from the orders to the bill: apart from the words of paying, which are fetched only there. */
export const billLinkId = {
  open: 'Minta bon / Bayar',
  receipts: 'Lihat struk',
}
