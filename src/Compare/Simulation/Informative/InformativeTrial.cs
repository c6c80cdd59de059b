using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Informative;

/// <summary>
/// A parallel trial by cluster with a binary outcome in which the effect may go with the size of the cluster. Immutable.
/// </summary>
/// <remarks>
/// Each cluster is small or large with probability ½, whatever its arm; logit P(y = 1) = baseline + slope·x + b + arm·(effect + surplus in
/// large clusters), with x standard normal for every row and b normal for every cluster. Clusters of even number belong to arm 0.
/// </remarks>
public sealed record InformativeTrial
{
    /// <summary>The number of clusters, 2 or more.</summary>
    public required int Clusters { get; init; }

    /// <summary>Rows of a small cluster. Default 10.</summary>
    public int SmallSize { get; init; } = 10;

    /// <summary>Rows of a large cluster. Default 30.</summary>
    public int LargeSize { get; init; } = 30;

    /// <summary>The predictor of a control at x = 0 in an average cluster, link scale. Default −0.5.</summary>
    public double Baseline { get; init; } = -0.5;

    /// <summary>The effect in small clusters, link scale. Default 0.</summary>
    public double Effect { get; init; }

    /// <summary>What large clusters add to the effect, link scale; 0 (the default) means that size is not informative.</summary>
    public double Surplus { get; init; }

    /// <summary>The slope of x, link scale. Default 0.</summary>
    public double Slope { get; init; }

    /// <summary>The standard deviation of the clusters' intercepts, link scale. Default 0.6.</summary>
    public double Spread { get; init; } = 0.6;

    /// <summary>The same in arm 1; null (the default) means as in arm 0.</summary>
    public double? TreatedSpread { get; init; }

    /// <summary>Draws one trial from a stream at its beginning.</summary>
    /// <param name="stream">Sizes first, then each cluster's intercept and rows.</param>
    /// <param name="formula">Of the columns y, arm, large, x and id.</param>
    public ModelFrame Draw(RandomStream stream, string formula)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(Clusters, 2);
        var large = new double[Clusters];
        var rows = 0;
        for (var c = 0; c < Clusters; c++)
        {
            large[c] = stream.NextBernoulli(0.5);
            rows += SizeOf(large[c] > 0);
        }

        var (id, arm, size, x, y) = (new double[rows], new double[rows], new double[rows], new double[rows], new double[rows]);
        for (int c = 0, i = 0; c < Clusters; c++)
        {
            var treated = c % 2;
            var intercept = (treated == 1 ? TreatedSpread ?? Spread : Spread) * stream.NextNormal();
            for (var end = i + SizeOf(large[c] > 0); i < end; i++)
            {
                (id[i], arm[i], size[i], x[i]) = (c, treated, large[c], stream.NextNormal());
                y[i] = stream.NextBernoulli(1 / (1 + Math.Exp(-Predictor(treated, large[c], x[i]) - intercept)));
            }
        }

        var data = new Dataset("trial", [
            new NumericColumn("id", id),
            new NumericColumn("arm", arm),
            new NumericColumn("large", size),
            new NumericColumn("x", x),
            new NumericColumn("y", y),
        ]);
        return ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id" });
    }

    /// <summary>The rows of a cluster.</summary>
    /// <param name="large">Whether it is a large one.</param>
    public int SizeOf(bool large) => large ? LargeSize : SmallSize;

    /// <summary>The predictor of a row in an average cluster, link scale.</summary>
    internal double Predictor(double arm, double large, double x) => Baseline + (Slope * x) + (arm * (Effect + (Surplus * large)));
}
