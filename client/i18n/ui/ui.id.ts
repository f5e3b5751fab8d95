/** Words of the widgets in client/ui, in both apps. */
export const uiId = {
  close: 'Tutup',
  busy: 'Sedang diproses',
  undo: 'Urungkan',
  dismiss: 'Tutup pemberitahuan',
  notifications: 'Pemberitahuan',
  optional: 'opsional',
  pickOne: 'pilih 1',
  less: (label: string) => `Kurangi ${label}`,
  more: (label: string) => `Tambah ${label}`,
  quantity: (label: string, count: number) => `${label}: ${count}`,
  charactersLeft: (count: number) => `sisa ${count} huruf`,
  update: {
    ready: 'Versi baru sudah siap.',
    apply: 'Muat ulang',
  },
}
