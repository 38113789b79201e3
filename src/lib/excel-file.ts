/** What `.xlsx` and `.xls` files begin with: a ZIP archive's first entry, and an OLE2 compound file. */
const MARKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];

/** Said of a workbook where text can be pasted instead. */
export const EXCEL_FILE =
  'This is an Excel file. Save it as CSV, or copy the cells and paste them here.';
/** Said of a workbook where only a file is taken. */
export const EXCEL_UPLOAD = 'This is an Excel file. Save it as CSV.';

/** Whether these are the bytes of an Excel workbook; the file's name does not count. */
export function isExcelFile(bytes: Uint8Array): boolean {
  return MARKS.some((mark) => mark.every((byte, at) => bytes[at] === byte));
}
