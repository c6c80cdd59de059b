using MarginalConditional.Compare.Standardization;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Ordinal;

/// <summary>The functions of averages that an ordered outcome is described by, with their slopes.</summary>
/// <param name="layout">Where the averages stand.</param>
/// <param name="weighting">Whom they average over: 0 participants, 1 clusters.</param>
/// <param name="robust">Whether probabilities are those whatever the model.</param>
internal sealed class OrdinalFunctions(OrdinalAverages layout, int weighting, bool robust)
{
    private int Categories => layout.Thresholds + 1;

    /// <summary>P(Y = k).</summary>
    public SmoothFunction Category(int arm, int category) => (values, gradient) =>
    {
        Slope(gradient, arm, category, 1);
        Slope(gradient, arm, category - 1, -1);
        return Probability(values, arm, category);
    };

    /// <summary>The mean score: s_K − Σ (s_{k+1} − s_k) P(Y ≤ k).</summary>
    public SmoothFunction Score(int arm, IReadOnlyList<double> scores) => (values, gradient) =>
    {
        var sum = scores[^1];
        for (var k = 0; k < layout.Thresholds; k++)
        {
            var step = scores[k + 1] - scores[k];
            sum -= step * Below(values, arm, k);
            Slope(gradient, arm, k, -step);
        }

        return sum;
    };

    /// <summary>The difference of P(Y ≤ k) between an arm and the reference.</summary>
    public SmoothFunction Cumulative(int arm, int threshold) => (values, gradient) =>
    {
        Slope(gradient, arm, threshold, 1);
        Slope(gradient, 0, threshold, -1);
        return Below(values, arm, threshold) - Below(values, 0, threshold);
    };

    /// <summary>The difference of one function between two arms.</summary>
    public static SmoothFunction Difference(SmoothFunction treated, SmoothFunction control) => (values, gradient) =>
    {
        var value = treated(values, gradient);
        if (gradient.IsEmpty)
        {
            return value - control(values, []);
        }

        var other = new double[gradient.Length];
        value -= control(values, other);
        for (var j = 0; j < other.Length; j++)
        {
            gradient[j] -= other[j];
        }

        return value;
    };

    /// <summary>W = Σ_k P(Y₁ = k){P(Y₀ &lt; k) + ½P(Y₀ = k)}, or 1 − W where lower wins.</summary>
    public SmoothFunction Win(int arm, bool lower) => (values, gradient) =>
    {
        var sign = lower ? -1 : 1;
        var sum = 0.0;
        for (var k = 0; k < Categories; k++)
        {
            sum += Probability(values, arm, k) * 0.5 * (Below(values, 0, k - 1) + Below(values, 0, k));
        }

        for (var k = 0; k < layout.Thresholds && !gradient.IsEmpty; k++)
        {
            Slope(gradient, arm, k, sign * 0.5 * (Below(values, 0, k - 1) - Below(values, 0, k + 1)));
            Slope(gradient, 0, k, sign * 0.5 * (Below(values, arm, k + 1) - Below(values, arm, k - 1)));
        }

        return lower ? 1 - sum : sum;
    };

    /// <summary>The logit of a probability.</summary>
    public static SmoothFunction Logit(SmoothFunction function) => (values, gradient) =>
    {
        var value = function(values, gradient);
        for (var j = 0; j < gradient.Length; j++)
        {
            gradient[j] /= value * (1 - value);
        }

        return Math.Log(value / (1 - value));
    };

    /// <summary>
    /// A rung of the ladder at some thresholds, with equal weights: what an arm raises F⁻¹ of the probability of more than k by, against
    /// the reference.
    /// </summary>
    /// <param name="rung">0 to 3; 4 is 3 with the other weighting.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="thresholds">The thresholds that are averaged over.</param>
    /// <param name="link">F.</param>
    public SmoothFunction Rung(int rung, int arm, IReadOnlyList<int> thresholds, CumulativeLink link) => (values, gradient) =>
    {
        var sum = 0.0;
        foreach (var k in thresholds)
        {
            sum += End(values, gradient, 0, k, 1.0 / thresholds.Count) - End(values, gradient, arm, k, -1.0 / thresholds.Count);
        }

        return sum / thresholds.Count;

        double End(ReadOnlySpan<double> averages, Span<double> slopes, int which, int threshold, double share)
        {
            var place = rung switch
            {
                0 => layout.AveragePoint(weighting, which, threshold),
                1 => layout.AverageTransformed(weighting, which, threshold),
                2 => layout.Model(weighting, which, threshold),
                _ => layout.Robust(weighting, which, threshold),
            };
            var point = rung <= 1 ? averages[place] : link.Quantile(averages[place]);
            if (!slopes.IsEmpty)
            {
                slopes[place] += share * (rung <= 1 ? 1 : 1 / link.Density(point));
            }

            return point;
        }
    };

    private double Probability(ReadOnlySpan<double> values, int arm, int category) =>
        Below(values, arm, category) - Below(values, arm, category - 1);

    /// <summary>P(Y ≤ k), 0 below the first category and 1 from the last.</summary>
    private double Below(ReadOnlySpan<double> values, int arm, int threshold) =>
        threshold < 0 ? 0 : threshold >= layout.Thresholds ? 1 : values[Place(arm, threshold)];

    private void Slope(Span<double> gradient, int arm, int threshold, double value)
    {
        if (!gradient.IsEmpty && threshold >= 0 && threshold < layout.Thresholds)
        {
            gradient[Place(arm, threshold)] += value;
        }
    }

    private int Place(int arm, int threshold) =>
        robust ? layout.Robust(weighting, arm, threshold) : layout.Model(weighting, arm, threshold);
}
