using System.Numerics.Tensors;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>A frame and options made ready: scaled columns, levels of random effects, compressed clusters. Serves likelihoods with any number of nodes.</summary>
internal sealed class GlmmModel
{
    private const double ShareOfLevel = 0.25;
    private const double SmallestMean = 1e-8;

    private readonly ClusterData data;
    private readonly GroupTree? tree;
    private ClusterLanes? lanes;

    /// <summary>Prepares a frame.</summary>
    public GlmmModel(ModelFrame frame, GlmmOptions options)
    {
        Frame = frame;
        Options = options;
        var unit = Unit(frame, options);
        Levels = RandomLevel.FromFrame(frame, unit);
        var free = options.Dispersion is null && (!options.Family.HasUnitDispersion || options.Family is Family.NegativeBinomialFamily);
        Density = ConditionalDensity.For(options.Family, options.EffectiveLink, free);
        FixedDispersion = options.Dispersion ?? (options.Family is Family.NegativeBinomialFamily negative ? 1 / negative.Theta : 1);
        Scaling = new ColumnScaling(frame.Design, unit);
        Map = new ParameterMap(Scaling, Levels, Density.HasFreeDispersion);
        GroupTreeBuilder.CheckNesting(Levels);
        data = ClusterDataBuilder.Build(frame, Scaling, Levels, Density, options.Family);
        tree = Levels.Count == 1 ? null : GroupTreeBuilder.Build(Levels, data);
    }

    /// <summary>The data.</summary>
    public ModelFrame Frame { get; }

    /// <summary>The options.</summary>
    public GlmmOptions Options { get; }

    /// <summary>The groupings, coarsest first.</summary>
    public IReadOnlyList<RandomLevel> Levels { get; }

    /// <summary>Family and link.</summary>
    public ConditionalDensity Density { get; }

    /// <summary>φ where it is not estimated; the starting value where it is.</summary>
    public double FixedDispersion { get; }

    /// <summary>The change of variables of the columns.</summary>
    public ColumnScaling Scaling { get; }

    /// <summary>From the iteration's parameters to those reported.</summary>
    public ParameterMap Map { get; }

    /// <summary>The rows, in the clusters of the finest level.</summary>
    public ClusterData Data => data;

    /// <summary>The largest dimension that is integrated by one tensor grid.</summary>
    public int Dimension => Levels.Max(level => level.Factor.Dimension);

    /// <summary>Whether only the Laplace approximation is available: more than two levels.</summary>
    public bool LaplaceOnly => Levels.Count > 2;

    /// <summary>The default number of nodes a dimension.</summary>
    public int DefaultNodes => Dimension switch
    {
        _ when LaplaceOnly => 1,
        1 => 15,
        2 => 9,
        3 => 7,
        4 => 5,
        _ => 1,
    };

    // Linear predictors that are not logarithms or the like have a unit, grams or kilometres; the iteration runs in one near their spread.
    private static double Unit(ModelFrame frame, GlmmOptions options)
    {
        var link = options.EffectiveLink;
        if (link != Link.Identity && link != Link.Inverse && link != Link.Sqrt)
        {
            return 1;
        }

        var mean = TensorPrimitives.Sum(frame.Response) / Math.Max(1, frame.Rows);
        if (options.Family != Family.Gaussian)
        {
            // Effects may not take the predictor below zero, so they are small beside it.
            return ColumnScaling.ScaleOf([ShareOfLevel * link.Predictor(Math.Max(mean, SmallestMean))]);
        }

        var response = frame.Response.ToArray();
        TensorPrimitives.Subtract(response, mean, response);
        return ColumnScaling.ScaleOf(response);
    }

    /// <summary>The likelihood with a number of nodes a dimension.</summary>
    public MarginalLikelihood Likelihood(int nodes) =>
        Options.PenaltyScale is { } scale ? new PenalizedLikelihood(Unpenalized(nodes), Precisions(scale)) : Unpenalized(nodes);

    /// <summary>The same without a penalty.</summary>
    public MarginalLikelihood Unpenalized(int nodes) => tree switch
    {
        null => new OneLevelLikelihood(data, lanes ??= ClusterLanes.Of(data, Options.Threads), Density, FixedDispersion, new QuadratureGrid(Dimension, nodes), Options.Adaptive, Options.Threads),
        { Levels.Count: 2 } when nodes > 1 || !Options.Adaptive => new NestedLikelihood(tree, Density, FixedDispersion, nodes, Options.Adaptive, Options.Threads),
        _ => new LaplaceLikelihood(tree, Density, FixedDispersion, Options.Threads),
    };

    /// <summary>ℓ with another number of nodes, starting from the modes of a likelihood already evaluated.</summary>
    public double ValueWith(int nodes, MarginalLikelihood other, ReadOnlySpan<double> parameters)
    {
        var likelihood = Likelihood(nodes);
        likelihood.StartFrom(other);
        return likelihood.Evaluate(parameters, EvaluationNeeds.Value, [], []);
    }

    // Normal priors of the slopes, one standard deviation of a covariate as the unit.
    private double[] Precisions(double penaltyScale)
    {
        var precisions = new double[Scaling.Columns];
        for (var j = 0; j < precisions.Length; j++)
        {
            var spread = Scaling.Spread(j);
            precisions[j] = j == Scaling.Intercept ? 0 : spread * spread / (penaltyScale * penaltyScale);
        }

        return precisions;
    }
}
