// What stands above a menu file for the manager who opens it in a spreadsheet. No comma, semicolon or
// quotation mark: each line must stay in one cell, whatever the file is separated by.

/** The explanation of the format in Indonesian, each line a comment row. */
export const MENU_NOTES: readonly string[] = [
  '# MENU. Cara pakai: buka di Excel atau Google Sheets atau LibreOffice lalu ubah dan simpan sebagai CSV UTF-8.',
  '# Pasang lewat halaman Menu manajer atau dengan: npm run menu:import NAMA-FILE.csv',
  '# Impor mengganti menu semua outlet sekaligus. Kalau satu baris saja salah maka tidak ada yang diubah dan setiap baris yang salah disebutkan.',
  '# Baris yang diawali tanda pagar hanya catatan. Baris kosong dilewati.',
  '#',
  '# Ada empat bagian. Baris @ memberi judul kolom. Isinya di bawahnya dengan kolom pertama dikosongkan. Urutan kolom bebas.',
  '# @category = kelompok di menu. Urutannya sama dengan urutan di layar.',
  '# @group = pertanyaan saat memesan: ukuran - gula - susu. min = wajib pilih berapa. max = boleh pilih berapa. 1 dan 1 berarti wajib satu. 0 dan 3 berarti boleh sampai tiga.',
  '# @option = jawabannya. group = id dari @group. difference = selisih harga seperti 5000 atau -7000 (kosong = harga tetap). default = ya kalau sudah terpilih sejak awal. allergens = alergen yang ikut kalau dipilih.',
  '# @item = yang dijual. Satu baris satu item.',
  '#',
  '# id = nama pendek: huruf kecil dan angka dan tanda hubung. Jangan diganti karena tanda habis dan pesanan biasa mengikuti id.',
  '# name dan description = bahasa Indonesia. name_en dan description_en = bahasa Inggris. Keduanya wajib.',
  '# price = rupiah bulat seperti 18000 atau 18.000. Kolom price:nama-outlet = harga khusus di outlet itu (kosong = sama dengan price. tanda - = tidak dijual di situ).',
  '# category = id dari @category. groups = id dari @group dipisah spasi. Kolom lain yang berisi beberapa kata juga dipisah spasi.',
  '# picture = gambar bawaan: glass cup bottle plate bowl pastry cake toast snack. colour dan second = warnanya seperti #5b3420. photo = nama foto yang diunggah di halaman Menu (kosong = tanpa foto. tanpa kolom ini foto yang sekarang tetap dipakai).',
  '# badges = favourite new spicy seasonal. diets = vegetarian vegan no-caffeine no-sugar.',
  '# allergens = milk (susu) egg (telur) wheat (gandum) peanut (kacang tanah) nuts (kacang pohon) soy (kedelai) fish (ikan) shellfish (udang dan kerang) sesame (wijen). Tulis semua yang ada di resep.',
  '# prep_minutes = lama membuat dalam menit. Dipakai untuk menghitung kapan pesanan siap.',
  '# weekdays = sen sel rab kam jum sab min (kosong = setiap hari). from dan until = jam mulai dan selesai seperti 07:00 dan 11:00 (kosong = selama buka).',
  '# season = nama musim dari Pengaturan outlet seperti Ramadan (kosong = sepanjang tahun). Di luar tanggal musim itu item tidak tampil dan tidak bisa dipesan. Tanggalnya diubah di Pengaturan outlet.',
  '# order_types = table (di meja) dan pickup (ambil sendiri). Kosong = keduanya. search = kata lain yang dipakai orang untuk mencari.',
]
