namespace MarginalConditional.Gee.Association;

/// <summary>
/// The joint probability of two binary outcomes with given means and log odds ratio, and its derivatives (Plackett 1965).
/// </summary>
internal readonly struct PairProbability
{
    /// <summary>Solves for the probability that both are 1.</summary>
    /// <param name="first">μ_j in (0, 1).</param>
    /// <param name="second">μ_k in (0, 1).</param>
    /// <param name="logOddsRatio">γ_jk.</param>
    public PairProbability(double first, double second, double logOddsRatio)
    {
        // The smaller root of the quadratic, written so that nothing cancels near an odds ratio of 1.
        var excess = Math.Exp(logOddsRatio) - 1;
        var b = 1 + ((first + second) * excess);
        var root = Math.Sqrt(Math.Max(0, (b * b) - (4 * excess * (1 + excess) * first * second)));
        var both = 2 * (1 + excess) * first * second / (b + root);
        var lowest = Math.Max(0, first + second - 1);
        var highest = Math.Max(lowest, Math.Min(first, second));
        var edge = 1e-14 * (highest - lowest);
        Both = Math.Clamp(both, lowest + edge, Math.Max(lowest + edge, highest - edge));
        var (onlyFirst, onlySecond, neither) = (first - Both, second - Both, 1 - first - second + Both);
        var total = (1 / Both) + (1 / onlyFirst) + (1 / onlySecond) + (1 / neither);
        ByLogOddsRatio = 1 / total;
        ByFirst = ((1 / neither) + (1 / onlyFirst)) / total;
        BySecond = ((1 / neither) + (1 / onlySecond)) / total;
    }

    /// <summary>P(both are 1).</summary>
    public double Both { get; }

    /// <summary>Its derivative with respect to γ.</summary>
    public double ByLogOddsRatio { get; }

    /// <summary>Its derivative with respect to μ_j.</summary>
    public double ByFirst { get; }

    /// <summary>Its derivative with respect to μ_k.</summary>
    public double BySecond { get; }
}
