using MarginalConditional.Meta.Effects;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The effect of the treatment within each cluster of a replicate.</summary>
internal static class TrialEffect
{
    private const double Correction = 0.5;

    /// <summary>One effect a cluster; not usable where an arm has nobody.</summary>
    public static IEnumerable<Effect> Of(Replicate replicate)
    {
        var frame = replicate.Frame;
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            yield return Within(replicate, frame.Clusters.Start(c), frame.Clusters.Start(c + 1));
        }
    }

    private static Effect Within(Replicate replicate, int start, int end)
    {
        var treatment = replicate.Frame.Design.Column(replicate.Model.EffectColumn);
        var y = replicate.Frame.Response;
        Span<double> count = stackalloc double[2];
        Span<double> sum = stackalloc double[2];
        Span<double> squares = stackalloc double[2];
        for (var row = start; row < end; row++)
        {
            var arm = treatment[row] == 1 ? 1 : 0;
            count[arm]++;
            sum[arm] += y[row];
            squares[arm] += y[row] * y[row];
        }

        if (count[0] == 0 || count[1] == 0)
        {
            return new Effect(double.NaN, double.NaN);
        }

        if (replicate.Model.Family == Family.Binomial)
        {
            var table = new TwoByTwo(sum[1], count[1] - sum[1], sum[0], count[0] - sum[0]);
            return StudyMeasure.OddsRatio.Of(table.HasZero ? table.Add(Correction) : table);
        }

        if (replicate.Model.Family == Family.Poisson)
        {
            var added = sum[0] == 0 || sum[1] == 0 ? Correction : 0;
            var (treated, control) = (sum[1] + added, sum[0] + added);
            return new Effect(Math.Log(treated / count[1]) - Math.Log(control / count[0]), (1 / treated) + (1 / control));
        }

        return new Effect(
            (sum[1] / count[1]) - (sum[0] / count[0]), Variance(count[1], sum[1], squares[1]) + Variance(count[0], sum[0], squares[0]));
    }

    /// <summary>The squared standard error of a mean.</summary>
    private static double Variance(double count, double sum, double squares) => (squares - (sum * sum / count)) / (count - 1) / count;
}
