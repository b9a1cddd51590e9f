create table if not exists orders (
  reference varchar(100) primary key,
  quantity integer not null
);
