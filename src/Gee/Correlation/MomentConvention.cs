namespace MarginalConditional.Gee.Correlation;

/// <summary>
/// How the scale and the correlation parameters are estimated from Pearson residuals: peers differ, and both conventions are reproduced.
/// </summary>
/// <remarks>
/// With e = (y − μ)/√v(μ) and prior weights w:
/// Liang and Zeger (1986) use √w·e and divide sums by their number of terms less p; geepack weights each product by w_j·w_k
/// and divides by the sum of these weights. The conventions agree to order p / N. They also decide how the jackknife counts parameters
/// and on which scale the information criteria stand, where geepack has its own ways.
/// </remarks>
public abstract class MomentConvention
{
    private MomentConvention(string name) => Name = name;

    /// <summary>The convention of Liang and Zeger (1986), SAS, and the R packages gee and geeM: divisors N − p. Named <c>n-p</c>.</summary>
    public static MomentConvention LiangZeger { get; } = new LiangZegerConvention();

    /// <summary>The convention of geepack: divisors are sums of weights, without p. Named <c>geepack</c>.</summary>
    public static MomentConvention Geepack { get; } = new GeepackConvention();

    /// <summary>The name as the program spells it.</summary>
    public string Name { get; }

    /// <summary>Whether every pair of a cluster informs a decaying correlation (geepack), or only pairs one wave apart.</summary>
    internal abstract bool UsesAllPairs { get; }

    /// <summary>The factor by which a Pearson residual (y − μ)/√v enters a pair's product, given its prior weight.</summary>
    internal abstract double PairWeight(double weight);

    /// <summary>What a pair adds to its divisor, given the pair weights of its two rows.</summary>
    internal abstract double PairDivisor(double first, double second);

    /// <summary>The sum of <see cref="PairDivisor"/> over all pairs of some rows, given their pair weights.</summary>
    internal abstract double PairDivisorSum(ReadOnlySpan<double> pairWeights);

    /// <summary>The divisor of a sum: the accumulated divisors, less p where the convention says so.</summary>
    internal abstract double Divisor(double accumulated, int coefficients);

    /// <summary>What a row adds to the divisor of the scale.</summary>
    internal abstract double ScaleDivisor(double weight);

    /// <summary>How many parameters the jackknife takes from the number of clusters K in its factor (K − parameters)/K.</summary>
    /// <param name="coefficients">p.</param>
    /// <param name="correlations">q, the number of correlation parameters.</param>
    internal abstract int JackknifeParameters(int coefficients, int correlations);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class LiangZegerConvention() : MomentConvention("n-p")
    {
        internal override bool UsesAllPairs => false;

        internal override double PairWeight(double weight) => Math.Sqrt(weight);

        internal override double PairDivisor(double first, double second) => first > 0 && second > 0 ? 1 : 0;

        internal override double PairDivisorSum(ReadOnlySpan<double> pairWeights)
        {
            var rows = 0.0;
            foreach (var weight in pairWeights)
            {
                rows += weight > 0 ? 1 : 0;
            }

            return 0.5 * rows * (rows - 1);
        }

        internal override double Divisor(double accumulated, int coefficients) => accumulated - coefficients;

        internal override double ScaleDivisor(double weight) => weight > 0 ? 1 : 0;

        internal override int JackknifeParameters(int coefficients, int correlations) => coefficients;
    }

    private sealed class GeepackConvention() : MomentConvention("geepack")
    {
        internal override bool UsesAllPairs => true;

        internal override double PairWeight(double weight) => weight;

        internal override double PairDivisor(double first, double second) => first * second;

        internal override double PairDivisorSum(ReadOnlySpan<double> pairWeights)
        {
            var sum = 0.0;
            var pairs = 0.0;
            foreach (var weight in pairWeights)
            {
                pairs += sum * weight;
                sum += weight;
            }

            return pairs;
        }

        internal override double Divisor(double accumulated, int coefficients) => accumulated;

        internal override double ScaleDivisor(double weight) => weight;

        /// <summary>p + q + 1, the one for the scale, which geepack counts even when it is fixed.</summary>
        internal override int JackknifeParameters(int coefficients, int correlations) => coefficients + correlations + 1;
    }
}
