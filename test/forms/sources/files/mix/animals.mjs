export class MixAnimal {
  constructor(name) {
    this.name = name;
  }
  speak() {
    return `${this.name}: ${this.sound()}`;
  }
  sound() {
    return '…';
  }
}
export class MixDog extends MixAnimal {
  sound() {
    return bark;
  }
}
export class MixError extends Error {
  constructor(message, level) {
    super(message);
    this.level = level;
  }
  describe() {
    return `${this.message} at ${this.level}`;
  }
}
const bark = 'woof';
export const mixKennel = [new MixDog('Ada'), new MixAnimal('Bo')];
export function makeBarker(end) {
  return (x) => x + end + bark;
}
export default MixAnimal;
