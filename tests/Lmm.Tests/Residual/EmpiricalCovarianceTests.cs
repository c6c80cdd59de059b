using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Residual;

public sealed class EmpiricalCovarianceTests
{
    [Fact]
    public void With_complete_data_it_is_the_mean_of_residual_products()
    {
        var frame = LinearFrames.Longitudinal(161, 30, 4, slope: false, missing: 0, random: false);
        var (x, y) = (DenseLikelihood.Design(frame), DenseLikelihood.Response(frame));
        var residual = y - (x * x.QR().Solve(y));
        var expected = Matrix<double>.Build.Dense(
            4,
            4,
            (a, b) => Enumerable.Range(0, 30).Average(i => residual[(4 * i) + a] * residual[(4 * i) + b]));
        Relative.Equal(expected.ToRowMajorArray(), EmpiricalCovariance.Of(Model(frame), 0), 1e-10);
    }

    [Fact]
    public void With_pairs_from_different_subjects_it_is_made_positive_definite()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            var frame = LinearFrames.Longitudinal(seed, 5, 6, slope: false, missing: 0.5, random: false);
            var model = Model(frame);
            var m = model.Layout.Waves;
            var covariance = Matrix<double>.Build.DenseOfRowMajor(m, m, EmpiricalCovariance.Of(model, 0));
            Assert.True(covariance.IsSymmetric());
            Assert.True(covariance.Evd(Symmetricity.Symmetric).EigenValues.Enumerate().Min(value => value.Real) > 0);
        }
    }

    private static ResidualModel Model(ModelFrame frame)
    {
        var rows = WorkingRows.Create(frame, frame.Response, [], GroupHierarchy.Create([], frame.Rows));
        var layout = ResidualLayout.Create(frame, null, [], ResidualStructure.Unstructured);
        return new ResidualModel(layout, new UnstructuredShape(), rows.Values, rows.Width);
    }
}
