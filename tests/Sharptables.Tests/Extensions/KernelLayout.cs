using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using Sharptables.Kernel;

namespace Sharptables.Tests.Extensions;

/// <summary>The layout of a type that mirrors a kernel struct, beside the layout in C.</summary>
internal static class KernelLayout
{
    /// <summary>Every type marked with <see cref="KernelStructAttribute"/>, by its full name.</summary>
    public static IReadOnlyDictionary<string, Type> Types { get; } =
        ((Assembly[])[typeof(KernelStructAttribute).Assembly, Assembly.Load("Sharptables")])
            .Distinct()
            .SelectMany(static a => a.GetTypes())
            .Where(static t => t.GetCustomAttributes<KernelStructAttribute>().Any())
            .ToDictionary(static t => t.FullName!);

    /// <summary>What is not as in C, a line each.</summary>
    public static IEnumerable<string> Differences(Type type) => type.GetCustomAttributes<KernelStructAttribute>().SelectMany(kernel => Differences(type, kernel));

    private static List<string> Differences(Type type, KernelStructAttribute kernel)
    {
        CStruct c = CStruct.Read(kernel.Name, kernel.Header);
        List<string> wrong = [];
        if (SizeOf(type) != c.Size)
        {
            wrong.Add($"{type.Name} has {SizeOf(type)} bytes, {kernel.Name} {c.Size}");
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public))
        {
            int offset = OffsetOf(type, field);
            int size = SizeOf(field.FieldType);
            string? said = field.GetCustomAttribute<KernelFieldAttribute>()?.Path;
            if (c.Members.TryGetValue(said ?? SnakeCase(field.Name), out (int Offset, int Size) member))
            {
                // A field may stand for several members side by side, as a mark and its mask: then it ends where one of them does.
                if (offset != member.Offset || (size != member.Size && !c.Ends.Contains(offset + size)))
                {
                    wrong.Add($"{field.Name} is at {offset} with {size} bytes, in C at {member.Offset} with {member.Size}");
                }
            }
            else if (said is { Length: > 0 })
            {
                wrong.Add($"{field.Name} is said to be {said}, and {kernel.Name} has no such member");
            }
            else if (said is null && (!c.Starts.Contains(offset) || !c.Ends.Contains(offset + size)))
            {
                wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{field.Name}, {offset} to {offset + size}, begins or ends within a member"));
            }
        }

        return wrong;
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select(static (c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static int SizeOf(Type type) => Emit(il => il.Emit(OpCodes.Sizeof, type));

    private static int OffsetOf(Type type, FieldInfo field) => Emit(il =>
    {
        // The address of the field of a local less the address of the local: right for every struct, however it would be marshalled.
        LocalBuilder local = il.DeclareLocal(type);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Ldflda, field);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Ldloca, local);
        il.Emit(OpCodes.Conv_U);
        il.Emit(OpCodes.Sub);
        il.Emit(OpCodes.Conv_I4);
    });

    private static int Emit(Action<ILGenerator> body)
    {
        DynamicMethod method = new("layout", typeof(int), [], typeof(KernelLayout).Module, skipVisibility: true);
        ILGenerator il = method.GetILGenerator();
        body(il);
        il.Emit(OpCodes.Ret);
        return ((Func<int>)method.CreateDelegate(typeof(Func<int>)))();
    }
}
