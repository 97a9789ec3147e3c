/** A file that came within a multipart form. The request log shows its name and size alone. */

export class UploadedFile {
  constructor(
    readonly name: string,
    readonly content: Buffer,
    /** As the form says, empty where it does not. */
    readonly type = '',
  ) {}

  toJSON(): { file: string; bytes: number } {
    return { file: this.name, bytes: this.content.length }
  }
}
