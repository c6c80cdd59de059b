using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Laplace;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>
/// The Laplace approximation for any number of nested groupings: the effects of a top-level group are maximized together.
/// </summary>
/// <remarks>
/// ℓ = h(û) − ½ log|H| over all effects of a top-level group; the gradient is that of one-level quadrature with one node, V = ½H⁻¹.
/// </remarks>
internal sealed class LaplaceLikelihood(GroupTree tree, ConditionalDensity density, double fixedDispersion, int threads)
    : HierarchicalLikelihood(tree, density, fixedDispersion, threads)
{
    /// <inheritdoc/>
    protected override GroupIntegrator CreateIntegrator() => new LaplaceIntegrator(Tree, Density, Point, Modes);
}
