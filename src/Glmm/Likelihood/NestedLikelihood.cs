using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Quadrature;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>
/// The log-likelihood of a model with two nested groupings: an outer quadrature whose integrand is a product of inner quadratures.
/// </summary>
internal sealed class NestedLikelihood : HierarchicalLikelihood
{
    private readonly bool adaptive;
    private readonly QuadratureGrid outerGrid;
    private readonly QuadratureGrid innerGrid;

    /// <summary>Prepares evaluations.</summary>
    public NestedLikelihood(GroupTree tree, ConditionalDensity density, double fixedDispersion, int nodes, bool adaptive, int threads)
        : base(tree, density, fixedDispersion, threads)
    {
        this.adaptive = adaptive;
        outerGrid = new QuadratureGrid(tree.Levels[0].Factor.Dimension, nodes);
        innerGrid = new QuadratureGrid(tree.Levels[1].Factor.Dimension, nodes);
    }

    /// <summary>Posterior means and standard deviations of the effects of every group, coarsest level first, by quadrature.</summary>
    public IReadOnlyList<PosteriorModes> Moments(ReadOnlySpan<double> parameters) =>
        Visit(parameters, (integrator, posterior) => ((NestedIntegrator)integrator).DescribeMoments(posterior));

    /// <inheritdoc/>
    protected override GroupIntegrator CreateIntegrator() =>
        new NestedIntegrator(Tree, Density, Point, Modes, outerGrid, innerGrid, adaptive);
}
