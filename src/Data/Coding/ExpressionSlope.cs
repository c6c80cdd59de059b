using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Coding;

/// <summary>The derivative of an expression in one column, row by row: forward differentiation.</summary>
/// <remarks>Of a comparison it is 0; of <c>pmin</c> and <c>pmax</c> that of the argument that counts.</remarks>
internal static class ExpressionSlope
{
    private static readonly Dictionary<string, Func<double, double>> Slopes = new(StringComparer.Ordinal)
    {
        ["I"] = _ => 1,
        ["log"] = x => 1 / x,
        ["log2"] = x => 1 / (x * Math.Log(2)),
        ["log10"] = x => 1 / (x * Math.Log(10)),
        ["log1p"] = x => 1 / (1 + x),
        ["exp"] = Math.Exp,
        ["expm1"] = Math.Exp,
        ["sqrt"] = x => 0.5 / Math.Sqrt(x),
        ["abs"] = x => Math.Sign(x),
        ["sin"] = Math.Cos,
        ["cos"] = x => -Math.Sin(x),
        ["tan"] = x => 1 + (Math.Tan(x) * Math.Tan(x)),
        ["as.numeric"] = _ => 1,
    };

    /// <summary>Fills the destination with the derivatives.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="table">The rows.</param>
    /// <param name="variable">The column.</param>
    /// <param name="destination">n values.</param>
    internal static void Evaluate(Expression expression, FrameTable table, string variable, Span<double> destination)
    {
        for (var row = 0; row < destination.Length; row++)
        {
            destination[row] = Of(expression, table, variable, row).Slope;
        }
    }

    private static (double Value, double Slope) Of(Expression expression, FrameTable table, string variable, int row)
    {
        switch (expression)
        {
            case Expression.Number number:
                return (number.Value, 0);
            case Expression.Variable column:
                return (((NumericColumn)table.Column(column.Name)).Values[row], column.Name == variable ? 1 : 0);
            case Expression.Parenthesis parenthesis:
                return Of(parenthesis.Inner, table, variable, row);
            case Expression.Signed signed:
                var (value, slope) = Of(signed.Operand, table, variable, row);
                return signed.Sign == "-" ? (-value, -slope) : (value, slope);
            case Expression.Call call when Arithmetic.Folds.TryGetValue(call.Function, out var fold):
                return call.Arguments
                    .Select(argument => Of(argument, table, variable, row))
                    .Aggregate((one, other) => fold(one.Value, other.Value) == one.Value ? one : other);
            case Expression.Call call:
                var inner = Of(call.Arguments[0], table, variable, row);
                return (
                    Arithmetic.Functions[call.Function](inner.Value),
                    inner.Slope == 0 ? 0 : Slopes[call.Function](inner.Value) * inner.Slope);
            case Expression.Binary { IsComparison: false } binary:
                return Combine(binary.Operator, Of(binary.Left, table, variable, row), Of(binary.Right, table, variable, row));
            default:
                return (0, 0);
        }
    }

    private static (double Value, double Slope) Combine(
        string symbol, (double Value, double Slope) left, (double Value, double Slope) right)
    {
        switch (symbol)
        {
            case "+":
                return (left.Value + right.Value, left.Slope + right.Slope);
            case "-":
                return (left.Value - right.Value, left.Slope - right.Slope);
            case "*":
                return (left.Value * right.Value, (left.Slope * right.Value) + (left.Value * right.Slope));
            case "/":
                var quotient = left.Value / right.Value;
                return (quotient, (left.Slope - (quotient * right.Slope)) / right.Value);
            default:
                var power = Math.Pow(left.Value, right.Value);
                var slope = left.Slope == 0 ? 0 : right.Value * Math.Pow(left.Value, right.Value - 1) * left.Slope;
                return (power, right.Slope == 0 ? slope : slope + (power * Math.Log(left.Value) * right.Slope));
        }
    }
}
