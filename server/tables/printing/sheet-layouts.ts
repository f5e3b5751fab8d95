/** The ways to print codes: many stickers on A4, two table tents on A4, one large label on A6. */
export const SHEET_LAYOUTS = ['sticker-grid', 'table-tent', 'single'] as const
export type SheetLayout = (typeof SHEET_LAYOUTS)[number]
