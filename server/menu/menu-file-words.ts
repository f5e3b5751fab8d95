// What is said to a manager about each fault of a menu file, in both languages. The sentence must be
// enough to mend the file without anybody's help: what was found, why not, and an example that works.

/** What a sentence is about: the cell's text, and what else it needs (permitted words, a limit). */
export type Facts = { readonly value: string; readonly more: string }

type Words = { readonly id: string; readonly en: string }

const say = (id: string, en: string) => (): Words => ({ id, en })

const PROBLEMS = {
  'file.empty': say(
    'file ini belum berisi menu. Isi paling sedikit satu @category dan satu @item di bawahnya.',
    'this file holds no menu yet. Write at least one @category and one @item below it.',
  ),
  'file.too_large': say(
    'file lebih dari 2 MB. Menu sebesar ini tidak wajar; periksa apakah file yang dipilih benar.',
    'the file is over 2 MB. No menu is that large; check that it is the right file.',
  ),
  'file.too_many_cells': (f) => ({
    id: `file ini punya lebih dari ${f.more} sel. Hapus baris dan kolom kosong; menu sebesar ini tidak wajar.`,
    en: `the file has more than ${f.more} cells. Take out empty rows and columns; no menu is that large.`,
  }),
  'file.too_many_rows': (f) => ({
    id: `file ini punya lebih dari ${f.more} baris berisi. Menu sebesar ini tidak wajar; periksa apakah file yang dipilih benar.`,
    en: `the file has more than ${f.more} filled rows. No menu is that large; check that it is the right file.`,
  }),
  'row.too_wide': (f) => ({
    id: `baris ini berisi sampai lewat kolom ke-${f.more}. Hapus kolom yang tidak dipakai, atau beri kutip pada teks yang memuat koma.`,
    en: `this row goes on beyond column ${f.more}. Take out unused columns, or put quotes around text that holds a comma.`,
  }),
  'file.not_utf8': say(
    'huruf di file ini tidak terbaca. Simpan lagi dari spreadsheet sebagai "CSV UTF-8".',
    'the letters of this file cannot be read. Save it again from the spreadsheet as "CSV UTF-8".',
  ),
  'file.malformed_quotes': say(
    'tanda kutip (") tidak berpasangan. Tutup kutipnya, atau hapus; setelah baris ini belum diperiksa.',
    'a quotation mark (") has no partner. Close it or take it out; the lines after it were not checked.',
  ),
  'row.unknown_kind': (f) => ({
    id: `'${f.value}' bukan jenis baris. Yang ada: @category, @group, @option, @item.`,
    en: `'${f.value}' is not a kind of row. There are @category, @group, @option and @item.`,
  }),
  'row.without_kind': say(
    'baris ini belum punya judul. Tulis dulu baris @category, @group, @option atau @item di atasnya.',
    'this row has no heading. Write a @category, @group, @option or @item row above it first.',
  ),
  'row.first_cell': (f) => ({
    id: `kolom pertama harus kosong, tetapi berisi '${f.value}'. Geser isinya satu kolom ke kanan.`,
    en: `the first cell must be empty, but holds '${f.value}'. Move the row one cell to the right.`,
  }),
  'row.too_many_cells': (f) => ({
    id: `ada isi di luar kolom yang diberi judul: '${f.value}'. Beri kutip pada teks yang memuat koma.`,
    en: `there is text beyond the named columns: '${f.value}'. Put quotes around text that holds a comma.`,
  }),
  'column.unknown': (f) => ({
    id: `kolom '${f.value}' tidak dikenal. Yang ada: ${f.more}.`,
    en: `there is no column '${f.value}'. There are ${f.more}.`,
  }),
  'column.missing': (f) => ({
    id: `kolom ini belum ada. Tambahkan '${f.value}' di baris judul ini.`,
    en: `this column is missing. Add '${f.value}' to this heading row.`,
  }),
  'column.twice': (f) => ({
    id: `kolom '${f.value}' ditulis dua kali. Sisakan satu.`,
    en: `the column '${f.value}' is there twice. Keep one.`,
  }),
  'column.unknown_outlet': (f) => ({
    id: `tidak ada outlet '${f.value}'. Yang ada: ${f.more}.`,
    en: `there is no outlet '${f.value}'. There are ${f.more}.`,
  }),
  'cell.empty': say('belum diisi.', 'is empty.'),
  'cell.too_long': (f) => ({
    id: `terlalu panjang: paling banyak ${f.more} huruf.`,
    en: `is too long: at most ${f.more} characters.`,
  }),
  'cell.spreadsheet_error': (f) => ({
    id: `berisi '${f.value}': spreadsheet mengira teks ini rumus. Ketik lagi dengan ' di depannya.`,
    en: `holds '${f.value}': the spreadsheet took the text for a formula. Type it again with a ' before it.`,
  }),
  'cell.control_character': say(
    'memuat huruf yang tidak terlihat. Hapus isinya dan ketik ulang.',
    'holds an invisible character. Empty the cell and type it again.',
  ),
  'id.malformed': (f) => ({
    id: `'${f.value}' tidak bisa menjadi id. Pakai huruf kecil, angka dan tanda hubung, misalnya ${f.more}.`,
    en: `'${f.value}' cannot be an id. Use small letters, digits and dashes, for example ${f.more}.`,
  }),
  'id.twice': (f) => ({
    id: `id '${f.value}' sudah dipakai di baris ${f.more}. Setiap id hanya boleh sekali.`,
    en: `the id '${f.value}' is already used in line ${f.more}. Each id may appear once.`,
  }),
  'price.malformed': (f) => ({
    id: `'${f.value}' bukan harga. Tulis angka rupiah, misalnya 18000.`,
    en: `'${f.value}' is not a price. Write rupiah as a number, for example 18000.`,
  }),
  'price.fraction': (f) => ({
    id: `'${f.value}' memakai koma atau sen. Tulis rupiah bulat, misalnya 18000 atau 18.000.`,
    en: `'${f.value}' has a comma or sen. Write whole rupiah, for example 18000 or 18.000.`,
  }),
  'price.negative': (f) => ({
    id: `'${f.value}' kurang dari nol. Harga paling rendah 0.`,
    en: `'${f.value}' is below zero. The lowest price is 0.`,
  }),
  'price.too_small': (f) => ({
    id: `'${f.value}' kurang dari Rp100. Mungkin spreadsheet membuang nol; tulis misalnya 18000.`,
    en: `'${f.value}' is less than Rp100. The spreadsheet may have cut zeros; write for example 18000.`,
  }),
  'price.too_large': (f) => ({
    id: `'${f.value}' terlalu besar: paling banyak ${f.more}.`,
    en: `'${f.value}' is too much: at most ${f.more}.`,
  }),
  'number.malformed': (f) => ({
    id: `'${f.value}' bukan angka yang bisa dipakai. Tulis bilangan bulat ${f.more}.`,
    en: `'${f.value}' is not a number that fits. Write a whole number ${f.more}.`,
  }),
  'time.malformed': (f) => ({
    id: `'${f.value}' bukan jam. Tulis misalnya 07:30 atau 22:00.`,
    en: `'${f.value}' is not a time. Write for example 07:30 or 22:00.`,
  }),
  'time.start': (f) => ({
    id: `${f.value} hanya bisa menjadi jam selesai. Tulis 00:00 untuk mulai tengah malam.`,
    en: `${f.value} can only be an end. Write 00:00 to begin at midnight.`,
  }),
  'time.same': (f) => ({
    id: `jam selesai ${f.value} sama dengan jam mulai. Kosongkan keduanya untuk sepanjang hari, atau ubah salah satu.`,
    en: `the end ${f.value} is the start. Empty both for the whole day, or change one.`,
  }),
  'season.unknown': (f) => ({
    id: `tidak ada musim '${f.value}' di outlet mana pun. Yang ada: ${f.more}. Musim baru dibuat di Pengaturan outlet.`,
    en: `no outlet has a season '${f.value}'. There are: ${f.more}. Add a new one in the outlet settings.`,
  }),
  'season.none': (f) => ({
    id: `belum ada musim di outlet mana pun. Buat musim '${f.value}' dengan tanggalnya di Pengaturan outlet lalu unggah lagi, atau kosongkan sel ini.`,
    en: `no outlet has a season yet. Add '${f.value}' with its dates in the outlet settings and upload again, or empty this cell.`,
  }),
  'colour.malformed': (f) => ({
    id: `'${f.value}' bukan warna. Tulis # dan enam angka atau huruf a-f, misalnya #6b3f24.`,
    en: `'${f.value}' is not a colour. Write # and six digits or letters a-f, for example #6b3f24.`,
  }),
  'photo.malformed': (f) => ({
    id: `'${f.value}' bukan nama foto. Tulis nama file saja, misalnya kopi-susu.webp.`,
    en: `'${f.value}' is not the name of a photo. Write only the file name, for example kopi-susu.webp.`,
  }),
  'answer.malformed': (f) => ({
    id: `'${f.value}' bukan jawaban. Tulis ya, atau kosongkan.`,
    en: `'${f.value}' is not an answer. Write yes, or leave it empty.`,
  }),
  'word.unknown': (f) => ({
    id: `'${f.value}' tidak dikenal. Yang ada: ${f.more}.`,
    en: `'${f.value}' is not known. There are ${f.more}.`,
  }),
  'word.twice': (f) => ({
    id: `'${f.value}' ditulis dua kali. Sisakan satu.`,
    en: `'${f.value}' is there twice. Keep one.`,
  }),
  'word.too_many': (f) => ({
    id: `terlalu banyak: paling banyak ${f.more}.`,
    en: `holds too many: at most ${f.more}.`,
  }),
  'category.none': (f) => ({
    id: `file ini belum punya kategori, padahal item memakai '${f.value}'. Tambahkan di atas @item: baris @category,id,name,name_en lalu di bawahnya ,${f.value},Nama,Name.`,
    en: `this file has no categories yet, but items use '${f.value}'. Add above @item: a row @category,id,name,name_en and below it ,${f.value},Nama,Name.`,
  }),
  'category.unknown': (f) => ({
    id: `tidak ada kategori '${f.value}'. Tambahkan di @category, atau pakai: ${f.more}.`,
    en: `there is no category '${f.value}'. Add it under @category, or use ${f.more}.`,
  }),
  'group.unknown': (f) => ({
    id: `tidak ada kelompok pilihan '${f.value}'. Tambahkan di @group${f.more && `, atau pakai: ${f.more}`}.`,
    en: `there is no option group '${f.value}'. Add it under @group${f.more && `, or use ${f.more}`}.`,
  }),
  'group.min_over_max': (f) => ({
    id: `min ${f.value} lebih besar dari max ${f.more}. Kecilkan min atau besarkan max.`,
    en: `min ${f.value} is more than max ${f.more}. Lower min or raise max.`,
  }),
  'group.too_few_options': (f) => ({
    id: `kelompok ini mewajibkan ${f.more} pilihan, tetapi hanya punya ${f.value}. Tambahkan @option.`,
    en: `this group asks for ${f.more} choices but has only ${f.value}. Add @option rows.`,
  }),
  'group.too_many_defaults': (f) => ({
    id: `kelompok ini punya ${f.value} pilihan awal, padahal max ${f.more}. Kosongkan sebagian 'default'.`,
    en: `this group has ${f.value} defaults, but max is ${f.more}. Empty some of its 'default' cells.`,
  }),
  'group.too_many_options': (f) => ({
    id: `kelompok '${f.value}' sudah punya ${f.more} pilihan. Pindahkan sisanya ke kelompok lain.`,
    en: `the group '${f.value}' already has ${f.more} options. Move the rest to another group.`,
  }),
  'item.below_free': (f) => ({
    id: `harga ${f.value} dengan pilihan termurah menjadi ${f.more}. Naikkan harga atau kecilkan potongannya.`,
    en: `the price ${f.value} with the cheapest choices becomes ${f.more}. Raise it or lessen the deduction.`,
  }),
  'limit.categories': (f) => ({
    id: `lebih dari ${f.more} kategori. Gabungkan beberapa.`,
    en: `more than ${f.more} categories. Merge some.`,
  }),
  'limit.groups': (f) => ({
    id: `lebih dari ${f.more} kelompok pilihan. Gabungkan beberapa.`,
    en: `more than ${f.more} option groups. Merge some.`,
  }),
  'limit.items': (f) => ({
    id: `lebih dari ${f.more} item. Hapus yang tidak dijual lagi.`,
    en: `more than ${f.more} items. Take out what is no longer sold.`,
  }),
} satisfies Record<string, (facts: Facts) => Words>

export type MenuProblemCode = keyof typeof PROBLEMS

/** Where a fault is: `line` as a text editor counts, `row` as a spreadsheet does, `column` null for all. */
export type Place = { readonly line: number; readonly row: number; readonly column: string | null }

/** The whole sentence with its place, such as "Baris 14, kolom price: 'x' bukan harga. …". */
export function problemWords(code: MenuProblemCode, place: Place, facts: Facts): Words {
  const value = facts.value.length > 40 ? `${facts.value.slice(0, 39)}…` : facts.value
  const { id, en } = PROBLEMS[code]({ value, more: facts.more })
  const differs = place.row !== place.line
  const where = {
    id: `Baris ${place.line}${differs ? ` (baris ${place.row} di spreadsheet)` : ''}`,
    en: `Line ${place.line}${differs ? ` (row ${place.row} in a spreadsheet)` : ''}`,
  }
  if (place.column === null) return { id: `${where.id}: ${id}`, en: `${where.en}: ${en}` }
  return { id: `${where.id}, kolom ${place.column}: ${id}`, en: `${where.en}, column ${place.column}: ${en}` }
}
