/**
 * Puts words on the clipboard; tells whether they are there. Where the pages are reached over plain HTTP in a network,
 * browsers offer nothing but the command of old.
 */
export async function copy(words: string): Promise<boolean> {
  try {
    if (!('clipboard' in navigator)) return copyByCommand(words);
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    return copyByCommand(words);
  }
}

/** Says to the browser what would be copied instead of what is selected. */
function copyByCommand(words: string): boolean {
  let taken = false;
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', words);
    event.preventDefault();
    event.stopImmediatePropagation();
    taken = true;
  };
  document.addEventListener('copy', give, { capture: true });
  const done = document.execCommand('copy');
  document.removeEventListener('copy', give, { capture: true });
  return done && taken;
}
