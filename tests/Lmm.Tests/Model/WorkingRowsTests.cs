using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Model;

public sealed class WorkingRowsTests
{
    private static readonly ModelFrame Frame = LinearFrames.Longitudinal(61, 20, 5, slope: true);
    private static readonly double[] Weights = [.. Enumerable.Range(0, Frame.Rows).Select(i => 0.5 + (i % 4))];
    private static readonly WorkingRows Rows = LinearMixedData.Create(Frame, Frame.Response, Weights, ResidualStructure.Identity, []).Rows;
    private static readonly Matrix<double> Design = Weighted(DenseLikelihood.Design(Frame));
    private static readonly Matrix<double> Working = Columns(Rows.RandomEffects, Rows.FixedEffects);

    [Fact]
    public void Columns_of_the_design_are_orthogonal_of_squared_length_n()
    {
        var gram = Working.Transpose() * Working / Frame.Rows;
        Relative.Equal(Matrix<double>.Build.DenseIdentity(Rows.FixedEffects).ToRowMajorArray(), gram.ToRowMajorArray(), 1e-12);
    }

    [Fact]
    public void Coefficients_of_either_coding_leave_the_same_residuals()
    {
        double[] working = [0.3, -1.2, 0.7];
        var coefficients = new double[3];
        Rows.ToOriginal(working, coefficients);
        var y = Weighted(DenseLikelihood.Response(Frame).ToColumnMatrix());
        var expected = y - (Design * Matrix<double>.Build.DenseOfColumnMajor(3, 1, coefficients));
        var actual = Columns(Rows.Width - 1, 1) - (Working * Matrix<double>.Build.DenseOfColumnMajor(3, 1, working));
        Relative.Equal(expected.ToRowMajorArray(), actual.ToRowMajorArray(), 1e-10);
    }

    [Fact]
    public void Vectors_and_covariances_turn_back_by_the_inverse_of_R()
    {
        var inverse = (Working.Transpose() * Design / Frame.Rows).Inverse();
        double[] vector = [1, 2, -1];
        var turned = (double[])vector.Clone();
        Rows.BackSubstitute(turned);
        Relative.Equal((inverse * Vector<double>.Build.Dense(vector)).ToArray(), turned, 1e-11);
        var covariance = Matrix<double>.Build.DenseOfRowMajor(3, 3, [2, 0.3, 0.1, 0.3, 1, -0.2, 0.1, -0.2, 0.7]);
        var result = new double[9];
        Rows.CovarianceToOriginal(covariance.ToRowMajorArray(), result);
        Relative.Equal((inverse * covariance * inverse.Transpose()).ToRowMajorArray(), result, 1e-11);
        Relative.Equal(-2 * Math.Log(Math.Abs(inverse.Determinant())), Rows.LogBasis, 1e-12);
    }

    [Fact]
    public void Random_columns_are_those_of_the_frame_times_the_transform()
    {
        var term = Frame.RandomTerms[0];
        var z = Weighted(Matrix<double>.Build.Dense(Frame.Rows, 2, (i, j) => term.Column(j)[i]));
        var transform = Matrix<double>.Build.DenseOfRowMajor(2, 2, Rows.Transform(0).ToArray());
        Relative.Equal((z * transform).ToRowMajorArray(), Columns(0, 2).ToRowMajorArray(), 1e-11);
        Relative.Equal(Weights.Sum(Math.Log), Rows.LogWeights, 1e-12);
    }

    private static Matrix<double> Weighted(Matrix<double> matrix) => matrix.MapIndexed((i, _, value) => value * Math.Sqrt(Weights[i]));

    private static Matrix<double> Columns(int first, int count) =>
        Matrix<double>.Build.Dense(Rows.Rows, count, (i, j) => Rows.Values[(i * Rows.Width) + first + j]);
}
