namespace MarginalConditional.Data.Formulas;

public abstract partial class Expression
{
    /// <summary>A function applied to arguments, such as <c>log(x)</c> or <c>poly(x, 2)</c>.</summary>
    public sealed class Call(string function, IReadOnlyList<Expression> arguments) : Expression
    {
        /// <summary>The function's name.</summary>
        public string Function { get; } = function;

        /// <summary>The arguments in order.</summary>
        public IReadOnlyList<Expression> Arguments { get; } = arguments;

        /// <inheritdoc/>
        public override string ToString() => $"{Function}({string.Join(", ", Arguments)})";

        private protected override void Collect(List<string> variables)
        {
            // What stands beside the argument of a function that learns from the data is constant: TRUE and NULL are no columns.
            foreach (var argument in CallArguments.AreOf(Function) ? Arguments.Take(1) : Arguments)
            {
                argument.Collect(variables);
            }
        }
    }
}
