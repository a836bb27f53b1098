export let mixState = 'first';
export function setMixState(value) {
  mixState = value;
}
export const mixCounter = {
  n: 0,
  bump() {
    return typeof (this.n += 1);
  },
};
