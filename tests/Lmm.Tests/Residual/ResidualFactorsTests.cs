using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Residual;

public sealed class ResidualFactorsTests
{
    public static TheoryData<string> Structures => new("ar1h", "car1", "un", "toep");

    [Theory]
    [MemberData(nameof(Structures))]
    public void Log_determinant_and_moments_match_dense_matrices(string name)
    {
        var (model, theta) = ResidualModelTests.Prepare(name, 12);
        var factors = new ResidualFactors(model);
        var logDeterminant = factors.Update(theta);
        var (expected, sum) = (0.0, Matrix<double>.Build.Dense(model.Width, model.Width));
        for (var block = 0; block < model.BlockPatterns.Length; block++)
        {
            var c = Covariance(model, theta, block);
            var rows = Matrix<double>.Build.DenseOfRowMajor(
                c.RowCount,
                model.Width,
                model.Rows.AsSpan(model.BlockStarts[block] * model.Width, c.RowCount * model.Width).ToArray());
            expected += c.Cholesky().DeterminantLn;
            sum += rows.Transpose() * c.Inverse() * rows;
        }

        Relative.Equal(expected, logDeterminant, 1e-11);
        var moments = ResidualModelTests.Moments(factors, model);
        for (var i = 0; i < model.Width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Relative.Equal(sum[i, j], moments[(i * model.Width) + j], 1e-10);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Structures))]
    public void Derivatives_of_each_pattern_match_differences(string name)
    {
        var (model, theta) = ResidualModelTests.Prepare(name, 12);
        var factors = ResidualModelTests.Factors(model, theta);
        for (var block = 0; block < 4; block++)
        {
            var pattern = model.Layout.Patterns[model.BlockPatterns[block]];
            var size = pattern.Size * pattern.Size;
            var derivatives = new double[model.Parameters * size];
            factors.FillPatternDerivatives(pattern, derivatives);
            for (var k = 0; k < theta.Length; k++)
            {
                var expected = (Covariance(model, Moved(theta, k, 1e-5), block) - Covariance(model, Moved(theta, k, -1e-5), block)) / 2e-5;
                Relative.Equal(expected.ToRowMajorArray(), derivatives.AsSpan(k * size, size), 1e-7);
            }
        }
    }

    /// <summary>log|C| + Σ ĀS by the parameters, through the accumulator, against differences.</summary>
    [Theory]
    [MemberData(nameof(Structures))]
    public void The_way_back_to_the_parameters_matches_differences(string name)
    {
        var (model, theta) = ResidualModelTests.Prepare(name, 12);
        var d = model.Width;
        double[] adjoint = [.. Enumerable.Range(0, d * d).Select(i => 0.1 * Math.Cos((i / d) + (i % d)))];
        double Value(double[] at)
        {
            var other = new ResidualFactors(model);
            var value = other.Update(at);
            var moments = ResidualModelTests.Moments(other, model);
            return value + Enumerable.Range(0, d * d).Sum(i => adjoint[i] * moments[(Math.Max(i / d, i % d) * d) + Math.Min(i / d, i % d)]);
        }

        var factors = ResidualModelTests.Factors(model, theta);
        var accumulator = new ResidualAccumulator(model);
        accumulator.Reset();
        accumulator.AddLogDeterminants(factors);
        factors.AddAdjoint(0, model.BlockPatterns.Length, adjoint, accumulator);
        accumulator.Close(factors);
        var gradient = accumulator.Gradient.ToArray();
        factors.Chain(accumulator.ByTable, gradient);
        for (var k = 0; k < theta.Length; k++)
        {
            Relative.Equal((Value(Moved(theta, k, 1e-5)) - Value(Moved(theta, k, -1e-5))) / 2e-5, gradient[k], 1e-6);
        }
    }

    /// <summary>The expected information of the parameters with σ² known: Σ tr(C⁻¹∂C C⁻¹∂C).</summary>
    [Fact]
    public void Expected_information_matches_traces_of_dense_matrices()
    {
        var (model, theta) = ResidualModelTests.Prepare("ar1h", 12);
        var hessian = new double[theta.Length * theta.Length];
        ExpectedInformation.Fill(ResidualModelTests.Factors(model, theta), scaleKnown: true, hessian);
        var expected = Matrix<double>.Build.Dense(
            theta.Length,
            theta.Length,
            (k, l) => Enumerable.Range(0, model.BlockPatterns.Length).Sum(block =>
            {
                Matrix<double> Slope(int parameter) => (Covariance(
                    model,
                    Moved(theta, parameter, 1e-5),
                    block) - Covariance(model, Moved(theta, parameter, -1e-5), block)) / 2e-5;
                var inverse = Covariance(model, theta, block).Inverse();
                return (inverse * Slope(k) * inverse * Slope(l)).Trace();
            }));
        Relative.Equal(expected.ToRowMajorArray(), hessian, 1e-6);
    }

    private static double[] Moved(double[] theta, int k, double by)
    {
        var moved = (double[])theta.Clone();
        moved[k] += by;
        return moved;
    }

    private static Matrix<double> Covariance(ResidualModel model, double[] theta, int block)
    {
        var (pattern, m) = (model.Layout.Patterns[model.BlockPatterns[block]], model.Layout.Waves);
        var full = new double[m * m];
        model.Shape.Fill(model.Shape.ToNatural(model.Own(0, theta), m, 1), model.Layout.Times, full);
        return Matrix<double>.Build.Dense(pattern.Size, pattern.Size, (i, j) => full[(pattern.Ranks[i] * m) + pattern.Ranks[j]]);
    }
}
