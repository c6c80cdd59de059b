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
            foreach (var argument in Arguments)
            {
                argument.Collect(variables);
            }
        }
    }
}
