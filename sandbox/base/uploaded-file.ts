/** A file from a multipart form. The request log shows only its name and size. */

export class UploadedFile {
  constructor(
    readonly name: string,
    readonly content: Buffer,
    /** From the form; empty if it has none. */
    readonly type = '',
  ) {}

  toJSON(): { file: string; bytes: number } {
    return { file: this.name, bytes: this.content.length }
  }
}
