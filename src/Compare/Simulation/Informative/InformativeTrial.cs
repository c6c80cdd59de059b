using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;
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

    /// <summary>
    /// What large clusters add to the effect, link scale; 0 (the default) means that size is not informative, as does one size for all.
    /// </summary>
    public double Surplus { get; init; }

    /// <summary>The slope of x, link scale. Default 0.</summary>
    public double Slope { get; init; }

    /// <summary>The standard deviation of the clusters' intercepts, link scale. Default 0.6.</summary>
    public double Spread { get; init; } = 0.6;

    /// <summary>The same in arm 1; null (the default) means as in arm 0.</summary>
    public double? TreatedSpread { get; init; }

    /// <summary>The mechanism of which this trial is a case.</summary>
    public Mechanism Mechanism() => new()
    {
        Clusters = Clusters,
        Size = SizeLaw.Either(SmallSize, LargeSize),
        Effects = new TrialEffects { Baseline = Baseline, Effect = SmallSize == LargeSize ? Effect : Effect + (Surplus / 2) },
        SizeDependence = new SizeDependence
        {
            // Sizes lie (large − small)/(large + small) of their mean to either side of it.
            Effect = SmallSize == LargeSize ? 0 : Surplus / 2 * (LargeSize + SmallSize) / (LargeSize - SmallSize),
        },
        RandomEffect = EffectLaw.Normal(Spread),
        TreatedEffect = TreatedSpread is { } spread ? EffectLaw.Normal(spread) : null,
        Covariates = [new Covariate { Name = "x", Slope = Slope }],
    };

    /// <summary>Draws one trial from a stream at its beginning.</summary>
    /// <param name="stream">Sizes first, then each cluster's intercept and rows.</param>
    /// <param name="formula">Of the columns y, arm, large, x and id.</param>
    public ModelFrame Draw(RandomStream stream, string formula)
    {
        var frame = new TrialGenerator(Mechanism()).Draw(stream);
        var (id, arm, size) = (new double[frame.Rows], new double[frame.Rows], new double[frame.Rows]);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            var rows = frame.Clusters.Size(c);
            id.AsSpan(frame.Clusters.Start(c), rows).Fill(c);
            arm.AsSpan(frame.Clusters.Start(c), rows).Fill(c % 2);
            size.AsSpan(frame.Clusters.Start(c), rows).Fill(rows == LargeSize ? 1 : 0);
        }

        var data = new Dataset("trial", [
            new NumericColumn("id", id),
            new NumericColumn("arm", arm),
            new NumericColumn("large", size),
            frame.Auxiliary("x"),
            new NumericColumn("y", frame.Response.ToArray()),
        ]);
        return ModelFrameBuilder.Build(data, new FrameRequest { Formula = FormulaParser.Parse(formula), Cluster = "id" });
    }
}
