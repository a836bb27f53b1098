class Shape {
  static count = 0;
  static unit() {
    return new this(1);
  }
  constructor(side) {
    this.side = side;
    Shape.count++;
  }
  area() {
    return this.side * this.side;
  }
}
module.exports = Shape;
module.exports.Square = class Square extends Shape {};
