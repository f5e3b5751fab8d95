// A QRIS text that no wallet can pay: the account's reverse domain, number and NMID belong to nobody,
// and the merchant's name says what it is.

function field(id: string, value: string): string {
  return `${id}${String(value.length).padStart(2, '0')}${value}`
}

/** CRC-16/CCITT-FALSE: "123456789" gives 29B1. */
export function crc16(text: string): string {
  let crc = 0xffff
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc.toString(16).toUpperCase().padStart(4, '0')
}

/** A dynamic code over `amountRp`; `label` (at most 25 characters) goes into the reference. */
export function simulatedQris(amountRp: number, label: string): string {
  const account = field('00', 'ID.SIMULASI.WWW') + field('01', '936009999900000001') + field('03', 'UMI')
  const central = field('00', 'ID.CO.QRIS.WWW') + field('02', 'ID0000000000000') + field('03', 'UMI')
  const body =
    field('00', '01') +
    field('01', '12') +
    field('26', account) +
    field('51', central) +
    field('52', '5814') +
    field('53', '360') +
    field('54', String(amountRp)) +
    field('58', 'ID') +
    field('59', 'SIMULASI') +
    field('60', 'MEDAN') +
    field('61', '20112') +
    field('62', field('05', label.slice(-25)))
  return `${body}6304${crc16(`${body}6304`)}`
}
