/** Hands a text to the browser as a file to keep. */
export function saveFile(name: string, content: string, type = 'text/plain'): void {
  saveBlob(name, new Blob([content], { type: `${type};charset=utf-8` }));
}

/** Hands octets to the browser as a file to keep. */
export function saveBlob(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[^\w.-]+/g, '-');
  link.click();
  URL.revokeObjectURL(link.href);
}
