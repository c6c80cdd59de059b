namespace MarginalConditional.Gee.Planning;

/// <summary>How much a cluster tells about its mean: 1ᵀR⁻¹1, in units of independent rows. A closed choice.</summary>
public abstract class ClusterInformation
{
    private ClusterInformation(string name, double correlation)
    {
        Name = name;
        Correlation = correlation;
    }

    /// <summary>The structure's name.</summary>
    public string Name { get; }

    /// <summary>The correlation of two (neighbouring) rows.</summary>
    public double Correlation { get; }

    /// <summary>Equal correlation: m/(1 + (m − 1)ρ).</summary>
    public static ClusterInformation Exchangeable(double correlation) => new ExchangeableInformation(correlation);

    /// <summary>AR(1) over m waves: (m − (m − 2)ρ)/(1 + ρ).</summary>
    public static ClusterInformation Ar1(double correlation) => new Ar1Information(correlation);

    /// <summary>1ᵀR⁻¹1 for m rows; m may be fractional, as a mean size is.</summary>
    public abstract double Of(double size);

    /// <summary>The average information of a cluster when sizes vary.</summary>
    /// <remarks>The second-order expansion of van Breukelen, Candel and Berger (2007): E I(m) ≈ I(m̄) + ½ I″(m̄) (cv·m̄)².</remarks>
    /// <param name="meanSize">m̄ ≥ 1.</param>
    /// <param name="variation">The coefficient of variation of the sizes, at least 0.</param>
    public abstract double Average(double meanSize, double variation);

    /// <summary>The average information of clusters of given sizes, exactly.</summary>
    public double Average(IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        return sizes.Average(size => Of(size));
    }

    private static void Require(bool condition, double correlation)
    {
        if (!condition)
        {
            throw new ArgumentException(
                $"The correlation is {correlation}; it must lie between -1 and 1 (and not be negative when all pairs share it).",
                nameof(correlation));
        }
    }

    private sealed class ExchangeableInformation : ClusterInformation
    {
        public ExchangeableInformation(double correlation)
            : base("exchangeable", correlation) => Require(correlation is >= 0 and < 1, correlation);

        public override double Of(double size) => size / (1 + ((size - 1) * Correlation));

        public override double Average(double meanSize, double variation)
        {
            var share = meanSize * Correlation / (1 + ((meanSize - 1) * Correlation));
            return Of(meanSize) * (1 - (variation * variation * share * (1 - share)));
        }
    }

    private sealed class Ar1Information : ClusterInformation
    {
        public Ar1Information(double correlation)
            : base("ar1", correlation) => Require(Math.Abs(correlation) < 1, correlation);

        public override double Of(double size) => size <= 1 ? size : (size - ((size - 2) * Correlation)) / (1 + Correlation);

        // Linear in m, so the spread of the sizes does not matter.
        public override double Average(double meanSize, double variation) => Of(meanSize);
    }
}
