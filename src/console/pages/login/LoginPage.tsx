/** Sign in by name and password; in the demo with one press. */
import { Alert, Button, Center, Group, PasswordInput, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type FormEvent, useEffect, useState } from "react";
import type { LoginBody, Me, Welcome } from "../../../api/contract/login.ts";
import { useProblemText } from "../../act/ProblemAlert.tsx";
import { Failure, act, newKey, read } from "../../http/client.ts";
import { Mark } from "../../shell/Mark.tsx";
import { useToggleScheme } from "../../shell/HeaderTools.tsx";
import { meKey } from "../../shell/session.ts";
import { useLocale, useShared, useWords } from "../../words/locale.tsx";
import { loginWords } from "./words.ts";

export function LoginPage() {
  const t = useWords(loginWords);
  const { locale, choose } = useLocale();
  const toggleScheme = useToggleScheme();
  const welcome = useQuery({ queryKey: ["welcome"], queryFn: () => read<Welcome>("/welcome"), staleTime: Infinity });
  useEffect(() => {
    document.title = `${t("title")} · Gatehouse`;
  }, [t]);
  const demo = welcome.data?.demo === true;
  return (
    <Center component="main" mih="100dvh" p="md">
      <Stack w="100%" maw={420} gap="lg">
        <Group justify="space-between">
          <Group gap="xs"><Mark /><Text fw={700} fz="lg">Gatehouse</Text></Group>
          <Group gap={4}>
            <Button size="compact-sm" variant="subtle" color="gray" lang={locale === "en" ? "de" : "en"} onClick={() => choose(locale === "en" ? "de" : "en")}>{t("language")}</Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={toggleScheme} aria-label="☾/☀">☾</Button>
          </Group>
        </Group>
        {welcome.data?.demo === true && <DemoWays welcome={welcome.data} />}
        {!welcome.isPending && (
          <section className="panel">
            <Text component={demo ? "h2" : "h1"} fz="h3" fw={680} m={0}>{t("title")}</Text>
            <Text c="dimmed" size="sm" mb="sm">{welcome.data?.city ?? "\u00a0"}</Text>
            <LoginForm first={!demo} />
          </section>
        )}
      </Stack>
    </Center>
  );
}

function useLogin() {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { back } = useSearch({ from: "/login" });
  return useMutation({
    mutationFn: (body: LoginBody) => act<Me>("/login", body, newKey()),
    onSuccess: async (me) => {
      queries.clear();
      queries.setQueryData(meKey, me);
      // Only an address of this console; `//elsewhere` would leave it.
      await navigate({ href: back !== undefined && /^\/(?!\/)/.test(back) ? back : "/", replace: true });
    },
  });
}

/** `first`: nothing stands above it, so that typing may begin at once. */
function LoginForm({ first }: { readonly first: boolean }) {
  const t = useWords(loginWords);
  const login = useLogin();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate({ name: name.trim().toLowerCase(), password });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput label={t("name")} name="name" autoComplete="username" required withAsterisk={false} value={name} onChange={(event) => setName(event.currentTarget.value)} autoFocus={first} />
        <PasswordInput label={t("password")} name="password" autoComplete="current-password" required withAsterisk={false} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
        {login.error !== null && <LoginProblem failure={login.error} />}
        <Button type="submit" loading={login.isPending} fullWidth>{t("enter")}</Button>
      </Stack>
    </form>
  );
}

function LoginProblem({ failure }: { readonly failure: unknown }) {
  const t = useWords(loginWords);
  const said = useProblemText()(failure);
  const status = failure instanceof Failure ? failure.problem.status : 0;
  const [title, next] = status === 401 ? [t("wrong"), t("wrongNext")] : status === 429 ? [t("often"), t("oftenNext")] : [said.title, said.detail];
  return <Alert color="red" variant="light" title={title} role="alert">{next}</Alert>;
}

/** Who just came: first a car to drive without any name, then the city as its staff see it. */
function DemoWays({ welcome }: { readonly welcome: Welcome }) {
  const t = useWords(loginWords);
  const shared = useShared();
  const login = useLogin();
  return (
    <section className="panel">
      <Text component="h1" fz="h3" fw={680} m={0}>{t("demoTitle")}</Text>
      <Text size="sm" c="dimmed" mb="sm">{welcome.city}. {t("demoText")}</Text>
      <Button component="a" href="/virtual/" size="lg" fullWidth>{t("virtual")}</Button>
      <Text c="dimmed" size="sm" mt={4} mb="md">{t("virtualText")}</Text>
      <Text component="h2" fz="md" fw={650} mb={6}>{t("demoStaff")}</Text>
      <Stack gap={6}>
        {welcome.demoLogins.map(({ name, password, roles }) => (
          <Button key={name} variant="light" justify="space-between" rightSection={<Text size="xs" c="dimmed" component="span">{name}</Text>} onClick={() => login.mutate({ name, password })}>
            {roles.map((role) => shared(`role.${role}`)).join(", ")}
          </Button>
        ))}
      </Stack>
    </section>
  );
}
