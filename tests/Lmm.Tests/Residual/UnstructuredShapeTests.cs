using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Residual;

public sealed class UnstructuredShapeTests
{
    private readonly UnstructuredShape shape = new();

    [Fact]
    public void Any_parameters_give_a_positive_definite_matrix() => ShapeTwin.AssertDefinite(shape);

    [Fact]
    public void Derivatives_match_differences() => ShapeTwin.AssertDerivatives(shape);

    [Fact]
    public void Natural_parameters_give_the_matrix_back() => ShapeTwin.AssertNatural(shape);

    [Fact]
    public void Every_correlation_can_be_held() => ShapeTwin.AssertHeld(shape, -0.35);

    [Fact]
    public void The_start_is_the_empirical_covariance_over_its_first_variance()
    {
        var covariance = ShapeTwin.Matrix(shape, ShapeTwin.Parameters(shape, 3)).Select(value => 4 * value).ToArray();
        var parameters = new double[shape.Count(5)];
        shape.FillStart(covariance, 5, parameters);
        Relative.Equal([.. covariance.Select(value => value / 4)], ShapeTwin.Matrix(shape, parameters), 1e-12);
    }
}
