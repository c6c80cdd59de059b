using MarginalConditional.Statistics.Distributions;

namespace MarginalConditional.Compare.Simulation.Marginal;

/// <summary>The correlation of two outcomes as a function of that of their normal scores, and back.</summary>
/// <remarks>
/// Outcomes are numbers of thresholds exceeded, so E Y₁Y₂ = Σ Σ P(Z₁ &gt; s, Z₂ &gt; t) over the thresholds: one term for binary
/// outcomes (Emrich and Piedmonte 1991, equation 2). It increases with the correlation of the scores, from one Fréchet bound to the other.
/// </remarks>
internal static class PairCorrelation
{
    /// <summary>Rounding of a correlation that stands at its bound.</summary>
    public const double Slack = 1e-12;

    private const int MostSteps = 200;

    /// <summary>A step of the angle that changes nothing any more.</summary>
    private const double Still = 1e-15;

    /// <summary>The correlation of the outcomes whose scores have the correlation r.</summary>
    public static double OfScores(OutcomeMargin first, OutcomeMargin second, double r)
    {
        if (first.IsContinuous && second.IsContinuous)
        {
            return r;
        }

        var covariance = 0.0;
        foreach (var s in first.Thresholds)
        {
            var exceeded = StandardNormal.UpperTail(s);
            foreach (var t in second.Thresholds)
            {
                covariance += BivariateNormal.Cumulative(-s, -t, r) - (exceeded * StandardNormal.UpperTail(t));
            }
        }

        return covariance / (first.Deviation * second.Deviation);
    }

    /// <summary>The least and the largest correlation that outcomes with these margins have under any law: the Fréchet bounds.</summary>
    public static (double Least, double Largest) Bounds(OutcomeMargin first, OutcomeMargin second) =>
        (OfScores(first, second, -1), OfScores(first, second, 1));

    /// <summary>The correlation of the scores behind one of the outcomes, to 1e-14; not a number outside the bounds.</summary>
    public static double ScoresOf(OutcomeMargin first, OutcomeMargin second, double correlation)
    {
        if ((first.IsContinuous && second.IsContinuous) || correlation == 0)
        {
            return correlation;
        }

        var (least, largest) = Bounds(first, second);
        if (!(correlation >= least - Slack && correlation <= largest + Slack))
        {
            return double.NaN;
        }

        correlation = Math.Clamp(correlation, least, largest);

        // Newton in the angle whose sine is r, where the slope is bounded; a step that leaves what is known is halved instead.
        var (low, high, angle) = (-Math.PI / 2, Math.PI / 2, 0.0);
        for (var step = 0; step < MostSteps; step++)
        {
            var excess = OfScores(first, second, Math.Sin(angle)) - correlation;
            if (excess == 0)
            {
                break;
            }

            (low, high) = excess > 0 ? (low, angle) : (angle, high);
            var next = angle - (excess / Slope(first, second, angle));
            next = next > low && next < high ? next : (low + high) / 2;
            var last = Math.Abs(next - angle) < Still;
            angle = next;
            if (last)
            {
                break;
            }
        }

        return Math.Sin(angle);
    }

    private static double Slope(OutcomeMargin first, OutcomeMargin second, double angle)
    {
        var slope = 0.0;
        foreach (var s in first.Thresholds)
        {
            foreach (var t in second.Thresholds)
            {
                slope += BivariateNormal.SlopeByAngle(s, t, angle);
            }
        }

        return slope / (first.Deviation * second.Deviation);
    }
}
