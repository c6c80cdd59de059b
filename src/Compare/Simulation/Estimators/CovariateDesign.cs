using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>Puts the covariates that a frame carries beside its design into it.</summary>
internal static class CovariateDesign
{
    /// <summary>The frame with its numeric further columns after those of the design; the frame itself when it has none.</summary>
    public static ModelFrame Add(ModelFrame frame)
    {
        NumericColumn[] covariates = [.. frame.AuxiliaryColumns.OfType<NumericColumn>()];
        if (covariates.Length == 0)
        {
            return frame;
        }

        var (n, p) = (frame.Rows, frame.Design.Columns);
        var values = new double[n * (p + covariates.Length)];
        for (var k = 0; k < p; k++)
        {
            frame.Design.Column(k).CopyTo(values.AsSpan(k * n, n));
        }

        for (var k = 0; k < covariates.Length; k++)
        {
            covariates[k].Values.CopyTo(values.AsSpan((p + k) * n, n));
        }

        string[] names = [.. frame.Design.Names, .. covariates.Select(column => column.Name)];
        string[] terms = [.. frame.Design.Terms, .. covariates.Select(column => column.Name)];
        return frame.WithTerms(new DesignMatrix(n, names, values, terms), frame.RandomTerms);
    }
}
