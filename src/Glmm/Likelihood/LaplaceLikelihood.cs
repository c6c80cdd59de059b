using MarginalConditional.Glmm.Densities;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The Laplace approximation for any number of nested groupings: the effects of a top-level group are maximized together.</summary>
/// <remarks>
/// ℓ = h(û) − ½ log|H| over all effects of a top-level group; the gradient is that of one-level quadrature with one node, V = ½H⁻¹.
/// Matrices are dense, of the order of the number of effects in a top-level group.
/// </remarks>
internal sealed class LaplaceLikelihood : HierarchicalLikelihood
{
    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly double fixedDispersion;
    private readonly ParameterPoint point;
    private readonly double[][] modes;

    /// <summary>Prepares evaluations.</summary>
    public LaplaceLikelihood(ClusterData data, Hierarchy hierarchy, ConditionalDensity density, double fixedDispersion)
        : base(hierarchy)
    {
        this.data = data;
        this.density = density;
        this.fixedDispersion = fixedDispersion;
        point = new ParameterPoint(data.Columns, [.. hierarchy.Levels.Select(level => level.Factor)]);
        modes = [.. hierarchy.Levels.Select(level => new double[level.GroupCount * level.Factor.Dimension])];
        ParameterCount = data.Columns + hierarchy.Levels.Sum(level => level.Factor.ParameterCount) + (density.HasFreeDispersion ? 1 : 0);
    }

    /// <inheritdoc/>
    public override int ParameterCount { get; }

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
            var group = new LaplaceGroup(data, Hierarchy, density, point, cluster);
            value += group.Maximize(modes);
            if (WantedScores is not null)
            {
                group.AddGradient(WantedScores.AsSpan(cluster * ParameterCount, ParameterCount));
            }
            else if (needs >= EvaluationNeeds.Gradient)
            {
                group.AddGradient(gradient);
            }

            if (WantedModes is not null)
            {
                group.Describe(WantedModes);
            }
        }

        return value;
    }
}
