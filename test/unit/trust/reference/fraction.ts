/** Exact rational numbers, without rounding errors. */
export class Fraction {
  private constructor(
    readonly over: bigint,
    readonly under: bigint,
  ) {}

  static of(over: bigint, under: bigint): Fraction {
    const sign = under < 0n ? -1n : 1n
    const divisor = commonDivisor(over < 0n ? -over : over, under < 0n ? -under : under)
    return new Fraction((sign * over) / divisor, (sign * under) / divisor)
  }

  /** Returns the decimal number that a double is printed as. */
  static from(number: number): Fraction {
    const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(number))
    if (match === null) throw new RangeError(`no number: ${number}`)
    const [, sign, whole, decimals = '', exponent = '0'] = match
    const digits = BigInt(`${sign}${whole}${decimals}`)
    const power = Number(exponent) - decimals.length
    return power >= 0 ? Fraction.of(digits * 10n ** BigInt(power), 1n) : Fraction.of(digits, 10n ** BigInt(-power))
  }

  plus = (other: Fraction): Fraction => Fraction.of(this.over * other.under + other.over * this.under, this.under * other.under)
  minus = (other: Fraction): Fraction => Fraction.of(this.over * other.under - other.over * this.under, this.under * other.under)
  times = (other: Fraction): Fraction => Fraction.of(this.over * other.over, this.under * other.under)
  by = (other: Fraction): Fraction => Fraction.of(this.over * other.under, this.under * other.over)

  /** -1, 0 or 1. */
  get sign(): number {
    return this.over > 0n ? 1 : this.over < 0n ? -1 : 0
  }

  comparedWith = (other: Fraction): number => this.minus(other).sign
}

function commonDivisor(one: bigint, other: bigint): bigint {
  while (other !== 0n) [one, other] = [other, one % other]
  return one === 0n ? 1n : one
}
