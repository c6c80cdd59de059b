using MarginalConditional.Lmm.Hierarchy;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

public sealed class RootSolutionTests
{
    private const int P = 4;

    [Fact]
    public void Solution_is_that_of_the_normal_equations()
    {
        var moments = Moments(41);
        var root = new RootSolution(P);
        Assert.True(root.Solve(moments.ToRowMajorArray()));
        var (information, score) = (moments.SubMatrix(0, P, 0, P), moments.Column(P).SubVector(0, P));
        var coefficients = information.Inverse() * score;
        Relative.Equal(coefficients.ToArray(), root.Coefficients, 1e-11);
        Relative.Equal(information.Inverse().ToRowMajorArray(), root.Inverse, 1e-11);
        Relative.Equal(Math.Log(information.Determinant()), root.LogDeterminant, 1e-11);
        Relative.Equal(moments[P, P] - (score * coefficients), root.ResidualQuadratic, 1e-11);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Adjoint_is_the_derivative_by_the_moments(bool restricted)
    {
        const double Scale = 1.7;
        const double Step = 1e-5;
        var moments = Moments(42);
        double Value(Matrix<double> at)
        {
            var root = new RootSolution(P);
            root.Solve(at.ToRowMajorArray());
            return (restricted ? root.LogDeterminant : 0) + (root.ResidualQuadratic / Scale);
        }

        var (solution, adjoint) = (new RootSolution(P), new double[(P + 1) * (P + 1)]);
        solution.Solve(moments.ToRowMajorArray());
        solution.FillAdjoint(Scale, restricted, adjoint);
        for (var i = 0; i <= P; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double Moved(double step)
                {
                    var at = moments.Clone();
                    at[i, j] += step / 2;
                    at[j, i] += step / 2;
                    return Value(at);
                }

                Relative.Equal((Moved(Step) - Moved(-Step)) / (2 * Step), adjoint[(i * (P + 1)) + j], 1e-6);
                Assert.Equal(adjoint[(i * (P + 1)) + j], adjoint[(j * (P + 1)) + i]);
            }
        }
    }

    [Fact]
    public void Dependent_columns_have_no_solution() => Assert.False(new RootSolution(2).Solve([1, 0, 0, 1, 1, 0, 1, 1, 1]));

    private static Matrix<double> Moments(ulong seed)
    {
        var numbers = new Numbers(seed);
        var rows = Matrix<double>.Build.Dense(9, P + 1, (_, _) => numbers.Normal());
        return rows.Transpose() * rows;
    }
}
