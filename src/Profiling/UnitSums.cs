using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Profiling;

/// <summary>One pass over the rows of a frame: the sums each unit's profile is made of.</summary>
internal sealed class UnitSums
{
    private UnitSums(int units)
    {
        Rows = new int[units];
        Size = new double[units];
        Observed = new double[units];
        Squares = new double[units];
        Expected = new double[units];
        Predicted = new double[units];
        Lower = new double[units];
        Upper = new double[units];
    }

    /// <summary>The number of rows.</summary>
    public int[] Rows { get; }

    /// <summary>Σ weight × trials, times exposure where a log link has an offset.</summary>
    public double[] Size { get; }

    /// <summary>Σ weight × trials × response.</summary>
    public double[] Observed { get; }

    /// <summary>Σ weight × trials × response².</summary>
    public double[] Squares { get; }

    /// <summary>The sum to be expected of the same rows, averaged over units: Σ E μ(η + b) with b ~ N(0, σ²).</summary>
    public double[] Expected { get; }

    /// <summary>The sum with the unit's own effect.</summary>
    public double[] Predicted { get; }

    /// <summary>The sum with the lower limit of the unit's effect.</summary>
    public double[] Lower { get; }

    /// <summary>The sum with the upper limit of the unit's effect.</summary>
    public double[] Upper { get; }

    /// <summary>Sums over the rows.</summary>
    /// <param name="frame">The data.</param>
    /// <param name="groups">The unit of each row.</param>
    /// <param name="beta">The fixed effects.</param>
    /// <param name="link">The link, one whose mean over normal effects exists.</param>
    /// <param name="effects">Each unit's effect.</param>
    /// <param name="halfWidths">Half the width of the interval of each unit's effect.</param>
    /// <param name="deviation">σ, the standard deviation of the effects.</param>
    public static UnitSums Over(
        ModelFrame frame,
        ReadOnlySpan<int> groups,
        ReadOnlySpan<double> beta,
        Link link,
        double[] effects,
        double[] halfWidths,
        double deviation)
    {
        var marginal = MarginalMean.For(link);
        var predictors = LinearPredictor.Of(frame, beta);
        var sums = new UnitSums(effects.Length);
        var exposure = link == Link.Log && frame.Offset.Length > 0;
        for (var row = 0; row < frame.Rows; row++)
        {
            CancellationScope.Check(row);
            var predictor = predictors[row];
            var weight = frame.WeightTimesTrials(row);
            var unit = groups[row];
            var response = frame.Response[row];
            sums.Rows[unit]++;
            sums.Size[unit] += exposure ? weight * Math.Exp(frame.Offset[row]) : weight;
            sums.Observed[unit] += weight * response;
            sums.Squares[unit] += weight * response * response;
            sums.Expected[unit] += weight * marginal.At(predictor, deviation).Mean;
            sums.Predicted[unit] += weight * link.Mean(predictor + effects[unit]);
            sums.Lower[unit] += weight * link.Mean(predictor + effects[unit] - halfWidths[unit]);
            sums.Upper[unit] += weight * link.Mean(predictor + effects[unit] + halfWidths[unit]);
        }

        return sums;
    }
}
