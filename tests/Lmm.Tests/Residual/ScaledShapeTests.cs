using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Residual;

public sealed class ScaledShapeTests
{
    public static TheoryData<string> Structures =>
        new(ResidualStructure.All.Where(structure => structure != ResidualStructure.Unstructured).Select(structure => structure.Name));

    [Theory]
    [MemberData(nameof(Structures))]
    public void Any_parameters_give_a_positive_definite_matrix(string name) => ShapeTwin.AssertDefinite(Shape(name));

    [Theory]
    [MemberData(nameof(Structures))]
    public void Derivatives_match_differences(string name) => ShapeTwin.AssertDerivatives(Shape(name));

    [Theory]
    [MemberData(nameof(Structures))]
    public void Natural_parameters_give_the_matrix_back(string name) => ShapeTwin.AssertNatural(Shape(name));

    [Theory]
    [MemberData(nameof(Structures))]
    public void Every_correlation_can_be_held(string name) => ShapeTwin.AssertHeld(Shape(name), 0.15);

    [Theory]
    [InlineData("diag")]
    [InlineData("ar1h")]
    [InlineData("toeph")]
    public void The_start_has_the_empirical_ratios_of_standard_deviations(string name)
    {
        var shape = Shape(name);
        double[] covariance = [4, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 4];
        var parameters = new double[shape.Count(5)];
        shape.FillStart(covariance, 5, parameters);
        var matrix = ShapeTwin.Matrix(shape, parameters);
        for (var wave = 0; wave < 5; wave++)
        {
            Relative.Equal(covariance[wave * 6] / 4, matrix[wave * 6], 1e-12);
        }
    }

    internal static ScaledShape Shape(string name)
    {
        Assert.True(ResidualStructure.TryParse(name, out var structure));
        return Assert.IsType<ScaledShape>(structure.Bind(1.25));
    }
}
