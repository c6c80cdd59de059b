using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Coding;

/// <summary>Computes the value of an expression on every row of a frame.</summary>
internal static class ExpressionEvaluator
{
    /// <summary>Fills the destination with finite values.</summary>
    /// <exception cref="InputException">The expression has no finite value on a row; the exception gives its line.</exception>
    internal static void Evaluate(Expression expression, FrameTable table, Span<double> destination)
    {
        Fill(expression, table, destination);
        var worst = -1;
        for (var i = 0; i < destination.Length; i++)
        {
            // The message is about the first such row of the file, whatever the order of the frame.
            if (!double.IsFinite(destination[i]) && (worst < 0 || table.RowOrder[i] < table.RowOrder[worst]))
            {
                worst = i;
            }
        }

        if (worst >= 0)
        {
            throw NotFinite(expression, table, worst);
        }
    }

    private static void Fill(Expression expression, FrameTable table, Span<double> destination)
    {
        switch (expression)
        {
            case Expression.Number number:
                destination.Fill(number.Value);
                break;
            case Expression.Variable variable:
                table.Numbers(variable.Name).CopyTo(destination);
                break;
            case Expression.Parenthesis parenthesis:
                Fill(parenthesis.Inner, table, destination);
                break;
            case Expression.Signed signed:
                Fill(signed.Operand, table, destination);
                if (signed.Sign == "-")
                {
                    SpanMath.Negate(destination, destination);
                }

                break;
            case Expression.Call call when Arithmetic.Folds.TryGetValue(call.Function, out var fold):
                Fill(call.Arguments[0], table, destination);
                var next = new double[destination.Length];
                foreach (var argument in call.Arguments.Skip(1))
                {
                    Fill(argument, table, next);
                    for (var i = 0; i < next.Length; i++)
                    {
                        destination[i] = fold(destination[i], next[i]);
                    }
                }

                break;
            case Expression.Call call:
                Fill(call.Arguments[0], table, destination);
                var function = Arithmetic.Functions[call.Function];
                for (var i = 0; i < destination.Length; i++)
                {
                    destination[i] = function(destination[i]);
                }

                break;
            case Expression.Binary { ComparesText: true } comparison:
                CompareText(comparison, table, destination);
                break;
            case Expression.Binary binary:
                Fill(binary.Left, table, destination);
                var right = new double[destination.Length];
                Fill(binary.Right, table, right);
                if (binary.IsComparison)
                {
                    Compare(binary.Operator, right, destination);
                }
                else
                {
                    Combine(binary.Operator, right, destination);
                }

                break;
        }
    }

    /// <summary>1 where the column has the level, or has not.</summary>
    private static void CompareText(Expression.Binary comparison, FrameTable table, Span<double> destination)
    {
        var variable = comparison.Left as Expression.Variable ?? (Expression.Variable)comparison.Right;
        var level = (comparison.Left as Expression.Text ?? (Expression.Text)comparison.Right).Value;
        var (yes, no) = comparison.Operator == "==" ? (1.0, 0.0) : (0.0, 1.0);
        var column = table.Column(variable.Name);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = column switch
            {
                FactorColumn factor => factor.Levels[factor.Codes[i]] == level,
                NumericColumn numeric => NumberLabel.Of(numeric.Values[i]) == level,
                _ => false,
            } ? yes : no;
        }
    }

    private static void Compare(string symbol, double[] right, Span<double> left)
    {
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = symbol switch
            {
                "==" => left[i] == right[i],
                "!=" => left[i] != right[i],
                "<" => left[i] < right[i],
                "<=" => left[i] <= right[i],
                ">" => left[i] > right[i],
                _ => left[i] >= right[i],
            } ? 1 : 0;
        }
    }

    private static void Combine(string symbol, double[] right, Span<double> left)
    {
        switch (symbol)
        {
            case "+":
                SpanMath.Add(left, right, left);
                break;
            case "-":
                SpanMath.Subtract(left, right, left);
                break;
            case "*":
                SpanMath.Multiply(left, right, left);
                break;
            case "/":
                SpanMath.Divide(left, right, left);
                break;
            default:
                for (var i = 0; i < left.Length; i++)
                {
                    // Squares and cubes as R computes them: by multiplication.
                    left[i] = right[i] == 2 ? left[i] * left[i] : Math.Pow(left[i], right[i]);
                }

                break;
        }
    }

    private static InputException NotFinite(Expression expression, FrameTable table, int row)
    {
        var values = expression.NumericVariables
            .Distinct(StringComparer.Ordinal)
            .Select(name => $"{name} is {NumberLabel.Of(table.Numbers(name)[row])}");
        return new InputException($"The expression {expression} has no finite value here: {string.Join(", ", values)}.")
        {
            File = table.Data.Source,
            Line = table.Data.LineOf(table.RowOrder[row]),
            Row = table.Data.RowOf(table.RowOrder[row]),
            Hint = "Correct the value, or make it missing (NA) to leave the row out.",
        };
    }
}
