using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Crossed;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.LargeClusters;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Mixed.Crossed;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Glmm.Fitting;

/// <summary>
/// A frame and options made ready: scaled columns, levels of random effects,
/// compressed clusters. Opens likelihoods with any number of nodes. Immutable.
/// </summary>
internal sealed class PreparedModel
{
    /// <summary>The dense matrices of crossed effects: the factor and its inverse.</summary>
    private const int DenseMatrices = 2;

    private readonly GroupTree? tree;
    private readonly ClusterLanes? lanes;
    private readonly IReadOnlyList<LargeCluster> large = [];
    private readonly int[] clusterOfRow = [];

    /// <summary>Prepares a frame.</summary>
    /// <exception cref="ArgumentException">There is no such model: see <see cref="Problem"/>.</exception>
    public PreparedModel(ModelFrame frame, GlmmOptions options)
    {
        Frame = frame;
        Options = options;
        var unit = PredictorUnit.Of(frame, options);
        Levels = RandomLevel.FromFrame(frame, unit);
        var free = HasFreeDispersion(options);
        Density = ConditionalDensity.For(options.Family, options.EffectiveLink, free, options.Mixture);
        FixedDispersion = options.Dispersion ?? (options.Family is Family.NegativeBinomialFamily negative ? 1 / negative.Theta : 1);
        Scaling = ColumnScaling.Of(frame.Design, unit);
        Map = new ParameterMap(
            Scaling,
            Levels,
            Density.HasFreeDispersion,
            options.Tolerances.SingularShare,
            Density.IsInflated ? new ColumnScaling(InflationDesign.Of(frame)) : null);
        if (AreCrossed(Levels))
        {
            CrossedMemory.Check(Levels[^1].Terms, [.. Levels.SkipLast(1).SelectMany(level => level.Terms)], 0, DenseMatrices);
            Crossed = CrossedDesign.Create(frame, Scaling, Levels, Density, options.Family);
            Data = Crossed.Data;
            clusterOfRow = CrossedClusters.Of(frame, Crossed.Layout.RowOrder, Levels.SelectMany(level => level.Terms));
            return;
        }

        Data = ClusterDataBuilder.Build(frame, Scaling, Levels, Density, options.Family);
        tree = Levels.Count == 1 ? null : GroupTreeBuilder.Build(Levels, Data);
        if (Levels.Count == 1)
        {
            lanes = ClusterLanes.IsQuick(Data) ? null : LayOut();
            large = LargeCluster.Of(Data, PredictorUnit.IsOne(options.EffectiveLink), MostRowsOfALane);
        }
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

    /// <summary>The rows and effects of groupings that cross; null for nested ones.</summary>
    public CrossedDesign? Crossed { get; }

    /// <summary>The rows, in the clusters of the finest level.</summary>
    public ClusterData Data { get; }

    /// <summary>The largest dimension that is integrated by one tensor grid.</summary>
    public int Dimension => Levels.Max(level => level.Factor.Dimension);

    /// <summary>Whether only the Laplace approximation is available: more than two levels, or groupings that cross.</summary>
    public bool LaplaceOnly => Levels.Count > 2 || Crossed is not null;

    /// <summary>
    /// Whether one node is exact: a normal outcome on the identity link makes the integrand a normal density in the effects, and more
    /// nodes at its mode add up to the same.
    /// </summary>
    public bool OneNodeIsExact => Options.Adaptive && Options.Family == Family.Gaussian && Options.EffectiveLink == Link.Identity;

    /// <summary>Where parameters stand that a climb may run away with.</summary>
    public (int First, int Count, bool Dispersion) Watched => (
        Scaling.Columns,
        Map.InflationStart - Scaling.Columns,
        HasFreeDispersion(Options) && !HasExtraDispersion(Options));

    /// <summary>The default number of nodes a dimension.</summary>
    public int DefaultNodes => LaplaceOnly ? 1 : NodesOf(Levels);

    /// <summary>Why there is no such model, a sentence; null if there is one.</summary>
    public static string? Problem(ModelFrame frame, GlmmOptions options)
    {
        var levels = RandomLevel.FromFrame(frame);
        var crossed = AreCrossed(levels);
        var nodes = crossed ? 1 : options.Nodes == 0 ? NodesOf(levels) : options.Nodes;
        return ConditionalDensity.Problem(options.Family, options.EffectiveLink, options.Mixture)
            ?? MixtureProblem.Of(frame, options)
            ?? (crossed ? CrossedProblem(frame, options) : null)
            ?? ModelSize.Problem(frame, levels, nodes, HasFreeDispersion(options));
    }

    /// <summary>The nodes a dimension that are taken unasked.</summary>
    internal static int NodesOf(IReadOnlyList<RandomLevel> levels) => levels.Max(level => level.Factor.Dimension) switch
    {
        _ when levels.Count > 2 => 1,
        1 => 15,
        2 => 9,
        3 => 7,
        4 => 5,
        _ => 1,
    };

    private static string? CrossedProblem(ModelFrame frame, GlmmOptions options) =>
        options is { Nodes: <= 1, Adaptive: true }
            ? null
            : $"The groupings {CrossedMemory.Names(frame.RandomTerms)} are crossed, and crossed random effects are integrated by the "
                + "Laplace approximation alone: leave out --nodes, or use --nodes 1.";

    /// <summary>
    /// Whether groupings cross; nested ones whose rows do not follow one another are treated so, which asks for no order.
    /// </summary>
    public static bool AreCrossed(IReadOnlyList<RandomLevel> levels) =>
        levels.Count > 1 && (!GroupTreeBuilder.AreNested(levels) || levels.Any(level => !level.IsContiguous));

    private static bool HasFreeDispersion(GlmmOptions options) =>
        options.Dispersion is null && (!options.Family.HasUnitDispersion || HasExtraDispersion(options));

    /// <summary>Whether the dispersion is beside that of a simpler distribution, which it has at φ = 0.</summary>
    public static bool HasExtraDispersion(GlmmOptions options) =>
        options.BetaBinomial || options.Family is Family.NegativeBinomialFamily;

    /// <summary>A larger number of nodes, to see whether the log-likelihood is stable; the same where more would take too long.</summary>
    public int MoreNodes(int nodes)
    {
        var most = Dimension switch
        {
            1 => GaussHermiteRule.MaximumNodes,
            2 => 61,
            3 => 21,
            _ => 11,
        };
        var more = Math.Min(most, nodes + Math.Max(4, (nodes + 1) / 2));
        return ModelSize.IsModest(Levels, more) ? more : nodes;
    }

    /// <summary>A likelihood with scratch and modes of its own: what one question evaluates.</summary>
    /// <param name="nodes">Nodes a dimension.</param>
    /// <param name="from">Where the modes start; null for zero.</param>
    public MarginalLikelihood Open(int nodes, Solution? from = null)
    {
        var likelihood = OpenUnpenalized(nodes, from);
        return Options.PenaltyScale is { } scale ? new PenalizedLikelihood(likelihood, Precisions(scale)) : likelihood;
    }

    /// <summary>The same without a penalty.</summary>
    /// <param name="nodes">Nodes a dimension.</param>
    /// <param name="from">Where the modes start; null for zero.</param>
    public MarginalLikelihood OpenUnpenalized(int nodes, Solution? from = null)
    {
        var likelihood = Create(nodes);
        if (from is not null)
        {
            likelihood.StartAt(from.Modes);
        }

        return likelihood;
    }

    /// <summary>ℓ with another number of nodes, starting from the modes of a likelihood already evaluated.</summary>
    public double ValueWith(int nodes, MarginalLikelihood other, ReadOnlySpan<double> parameters)
    {
        var likelihood = Open(nodes);
        likelihood.StartAt(other.CopyModes());
        return likelihood.Evaluate(parameters, EvaluationNeeds.Value, [], []);
    }

    /// <summary>Excess zeros are read in lanes alone.</summary>
    private int MostRowsOfALane => Density.IsInflated ? int.MaxValue : LargeCluster.MostRowsOfALane;

    private ClusterLanes LayOut() => ClusterLanes.Of(Data, Options.Threads, MostRowsOfALane);

    private MarginalLikelihood Create(int nodes) => Crossed is { } crossed
        ? new CrossedLikelihood(
            crossed,
            Density,
            FixedDispersion,
            clusterOfRow,
            clusterOfRow.Length == 0 ? 0 : Frame.Clusters.Count,
            Options.Threads)
        : CreateNested(OneNodeIsExact ? 1 : nodes);

    private MarginalLikelihood CreateNested(int nodes) => tree switch
    {
        null => new OneLevelLikelihood(
            Data,
            lanes ?? LayOut(),
            large,
            Density,
            FixedDispersion,
            QuadratureGrid.Of(Dimension, nodes),
            Options.Adaptive,
            Options.Threads),
        { Levels.Count: 2 } when nodes > 1 || !Options.Adaptive =>
            new NestedLikelihood(tree, Density, FixedDispersion, nodes, Options.Adaptive, Options.Threads),
        _ => new LaplaceLikelihood(tree, Density, FixedDispersion, Options.Threads),
    };

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
