export default class {
  constructor(v) {
    this.v = v;
  }
}
