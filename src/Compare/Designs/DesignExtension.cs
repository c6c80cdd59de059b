using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Designs;

/// <summary>Adds columns to a design, leaving out those that the columns before them already span.</summary>
internal sealed class DesignExtension
{
    private readonly List<double[]> basis = [];
    private readonly List<string> names;
    private readonly List<double> values;
    private readonly DesignMatrix design;
    private readonly double spanned;

    /// <summary>Starts from a design.</summary>
    /// <param name="design">Its columns come first.</param>
    /// <param name="spanned">The share of a column's length outside the columns before it, below which it is left out.</param>
    public DesignExtension(DesignMatrix design, double spanned)
    {
        this.spanned = spanned;
        this.design = design;
        names = [.. design.Names];
        values = [.. design.Values];
        for (var j = 0; j < design.Columns; j++)
        {
            TryExtendBasis(design.Column(j).ToArray());
        }
    }

    /// <summary>How many columns were added.</summary>
    public int Added => names.Count - design.Columns;

    /// <summary>Adds a column unless it is spanned already.</summary>
    public void Add(string name, double[] column)
    {
        if (TryExtendBasis([.. column]))
        {
            names.Add(name);
            values.AddRange(column);
        }
    }

    /// <summary>The frame with the longer design and, if given, another response.</summary>
    public ModelFrame Frame(ModelFrame frame, double[]? response = null)
    {
        List<string> terms = [.. design.Terms, .. names.Skip(design.Columns)];
        var extended = frame.WithTerms(new DesignMatrix(design.Rows, names, [.. values], terms), []);
        return response is null ? extended : extended.WithResponse(response);
    }

    private bool TryExtendBasis(double[] column)
    {
        var length = SpanMath.Norm(column);
        for (var pass = 0; pass < 2; pass++)
        {
            foreach (var direction in basis)
            {
                var inner = SpanMath.Dot(direction, column);
                SpanMath.MultiplyAdd(direction, -inner, column, column);
            }
        }

        var rest = SpanMath.Norm(column);
        if (rest <= spanned * length || rest == 0)
        {
            return false;
        }

        SpanMath.Divide(column, rest, column);
        basis.Add(column);
        return true;
    }
}
