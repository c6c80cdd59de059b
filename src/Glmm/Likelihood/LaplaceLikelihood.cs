using MarginalConditional.Glmm.Densities;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The Laplace approximation for any number of nested groupings: the effects of a top-level group are maximized together.</summary>
/// <remarks>
/// ℓ = h(û) − ½ log|H| over all effects of a top-level group; the gradient is that of one-level quadrature with one node, V = ½H⁻¹.
/// Matrices are dense, of the order of the number of effects in a top-level group.
/// </remarks>
internal sealed class LaplaceLikelihood : MarginalLikelihood
{
    private const double LastStep = 1e-6;
    private const int MaximumModeSteps = 200;

    private readonly ClusterData data;
    private readonly Hierarchy hierarchy;
    private readonly ConditionalDensity density;
    private readonly double fixedDispersion;
    private readonly ParameterPoint point;
    private readonly double[][] modes;
    private double[]? clusterScores;
    private IReadOnlyList<PosteriorModes>? posterior;

    /// <summary>Prepares evaluations.</summary>
    public LaplaceLikelihood(ClusterData data, Hierarchy hierarchy, ConditionalDensity density, double fixedDispersion)
    {
        this.data = data;
        this.hierarchy = hierarchy;
        this.density = density;
        this.fixedDispersion = fixedDispersion;
        point = new ParameterPoint(data.Columns, [.. hierarchy.Levels.Select(level => level.Factor)]);
        modes = [.. hierarchy.Levels.Select(level => new double[level.GroupCount * level.Factor.Dimension])];
        ParameterCount = data.Columns + hierarchy.Levels.Sum(level => level.Factor.ParameterCount) + (density.HasFreeDispersion ? 1 : 0);
    }

    /// <inheritdoc/>
    public override int ParameterCount { get; }

    /// <inheritdoc/>
    public override bool HasInformation => false;

    /// <inheritdoc/>
    public override int Clusters => hierarchy.Levels[0].GroupCount;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        point.Set(parameters, density.HasFreeDispersion, fixedDispersion);
        if (needs >= EvaluationNeeds.Gradient)
        {
            gradient.Clear();
        }

        var value = data.Constant;
        for (var cluster = 0; cluster < Clusters; cluster++)
        {
            var group = new LaplaceGroup(data, hierarchy, density, point, cluster);
            value += group.Maximize(modes, MaximumModeSteps, LastStep);
            if (clusterScores is not null)
            {
                group.AddGradient(clusterScores.AsSpan(cluster * ParameterCount, ParameterCount));
            }
            else if (needs >= EvaluationNeeds.Gradient)
            {
                group.AddGradient(gradient);
            }

            if (posterior is not null)
            {
                group.Describe(posterior);
            }
        }

        return value;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores)
    {
        clusterScores = new double[Clusters * ParameterCount];
        Evaluate(parameters, EvaluationNeeds.Gradient, scores[..ParameterCount], []);
        clusterScores.CopyTo(scores);
        clusterScores = null;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters)
    {
        posterior = [.. hierarchy.Levels.Select(level => new PosteriorModes(level.GroupCount, level.Factor.Dimension))];
        Evaluate(parameters, EvaluationNeeds.Value, [], []);
        var result = posterior;
        posterior = null;
        return result;
    }
}
