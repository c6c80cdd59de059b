namespace MarginalConditional.Data.Frames;

/// <summary>A row to be predicted, in the columns of a fit.</summary>
/// <param name="Row">The row's number, counted from 0, in the data that it comes from.</param>
/// <param name="Fixed">x, the p values of the fixed part; empty when the row is not complete or its mean not estimable.</param>
/// <param name="Offset">The known part of the linear predictor.</param>
/// <param name="Effects">For each random term of the frame its row z.</param>
/// <param name="Groups">For each random term the group that the row belongs to; −1 for one that was not fitted.</param>
/// <param name="Labels">For each random term the group as text; null where it is not known.</param>
public sealed record NewRow(
    int Row,
    double[] Fixed,
    double Offset,
    IReadOnlyList<double[]> Effects,
    IReadOnlyList<int> Groups,
    IReadOnlyList<string?> Labels)
{
    /// <summary>w, the row of the log odds of excess zeros; empty where these have no formula of their own.</summary>
    public double[] Inflation { get; init; } = [];

    /// <summary>Whether the row has a mean.</summary>
    public bool HasMean => Fixed.Length > 0;

    /// <summary>A row that was fitted.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="row">The row, counted from 0.</param>
    public static NewRow Of(ModelFrame frame, int row)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var x = new double[frame.Design.Columns];
        for (var j = 0; j < x.Length; j++)
        {
            x[j] = frame.Design.Column(j)[row];
        }

        return new NewRow(
            frame.DataRow(row) - 1,
            x,
            frame.Offset.IsEmpty ? 0 : frame.Offset[row],
            [.. frame.RandomTerms.Select(term =>
            {
                var z = new double[term.Dimension];
                for (var a = 0; a < z.Length; a++)
                {
                    z[a] = term.Column(a)[row];
                }

                return z;
            })],
            [.. frame.RandomTerms.Select(term => term.Groups[row])],
            [.. frame.RandomTerms.Select(term => term.Label(term.Groups[row]))])
        {
            Inflation = frame.InflationRow(row),
        };
    }
}
