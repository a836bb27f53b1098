/** Of a package, rather than the program's own; a path or a URL. */
export function isInstalled(file: string): boolean {
  return /[\\/]node_modules[\\/]/.test(file);
}
